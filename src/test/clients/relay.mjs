// Runs a command that can reach nothing but one server: listens on the server's own ports inside the
// command's network namespace and passes every connection on through Unix sockets, which cross it.
//   node relay.mjs [PORT SOCKET]... -- COMMAND [ARGUMENT]...
import { spawn } from "node:child_process";
import net from "node:net";

const words = process.argv.slice(2);
const end = words.indexOf("--");
const [command, ...rest] = words.slice(end + 1);

function relay(socket, client) {
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
}

const listening = [];
for (let i = 0; i + 1 < end; i += 2) {
  const [port, socket] = [Number(words[i]), words[i + 1]];
  const server = net.createServer({ allowHalfOpen: true }, (client) => relay(socket, client));
  listening.push(new Promise((done) => server.listen(port, "127.0.0.1", done)));
}
await Promise.all(listening);

const child = spawn(command, rest, { stdio: "inherit" });
child.on("error", (error) => {
  console.error(`relay: ${error.message}`);
  process.exit(127);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 : code));
