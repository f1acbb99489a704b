export default {
  rewrites: async () => [{ source: "/omicall/:path*", destination: `${process.env.OMICALL_URL ?? "https://public-v1-stg.omicall.com"}/:path*` }],
};
