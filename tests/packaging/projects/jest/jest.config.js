module.exports = {
  testEnvironment: "./jsdom-with-fetch.js",
  testEnvironmentOptions: { url: process.env.SITE ?? "http://localhost/" },
};
