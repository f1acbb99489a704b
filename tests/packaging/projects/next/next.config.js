export default {
  rewrites: async () => [{ source: "/omicall/:path*", destination: `${process.env.OMICALL_URL ?? "https://public-v1.omicall.com"}/:path*` }],
};
