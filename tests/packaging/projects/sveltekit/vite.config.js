import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

// The package needs no setting.
export default defineConfig({ plugins: [sveltekit()] });
