declare module "*.vue" {
  export { default } from "vue";
}
