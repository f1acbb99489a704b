// No test in Node reaches a network.
import { Socket } from "node:net";

Socket.prototype.connect = () => {
  throw new Error("a test wants to connect");
};
