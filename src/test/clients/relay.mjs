// Runs a command that can reach nothing but one server: listens on the server's own port inside the
// command's network namespace and passes every connection on through a Unix socket, which crosses it.
//   node relay.mjs PORT SOCKET COMMAND [ARGUMENT]...
import { spawn } from "node:child_process";
import net from "node:net";

const [port, socket, command, ...rest] = process.argv.slice(2);

const server = net.createServer({ allowHalfOpen: true }, (client) => {
  const outside = net.connect({ path: socket, allowHalfOpen: true });
  client.pipe(outside);
  outside.pipe(client);
  const drop = () => {
    client.destroy();
    outside.destroy();
  };
  client.on("error", drop);
  outside.on("error", drop);
  // A connection that breaks off on one side must break off on the other, or faults look like ends.
  client.on("close", (failed) => failed && outside.destroy());
  outside.on("close", (failed) => failed && client.destroy());
});

server.listen(Number(port), "127.0.0.1", () => {
  const child = spawn(command, rest, { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(`relay: ${error.message}`);
    process.exit(127);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 128 : code));
});
