// The page, with a switch that unmounts the lists. The test reads the cache from `window`.
import { QueryClient, VueQueryPlugin, dehydrate } from "@tanstack/vue-query";
import { createApp, reactive } from "vue";
import App from "./App.vue";
import { openCallCenter } from "./call-center.js";

const queryClient = new QueryClient();
Object.assign(window, { queryClient, dehydrate });

// In Vue the client is often behind a Proxy.
const callCenter = reactive(await openCallCenter());
createApp(App, { callCenter }).use(VueQueryPlugin, { queryClient }).mount("#root");
