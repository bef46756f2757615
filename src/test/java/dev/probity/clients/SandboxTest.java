package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest extends ClientTest {
  private static final String TRY =
      """
      const [host, port] = process.argv.slice(1);
      require("net").connect(Number(port), host)
          .on("connect", () => { console.log("connected"); process.exit(0); })
          .on("error", (error) => { console.log(error.code); process.exit(0); });
      """;

  @Test
  void programs_reachTheServer_andNothingElse(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(attempt(sandbox, "127.0.0.1", probity.baseUri().getPort())).isEqualTo("connected");
      assertThat(attempt(sandbox, "127.0.0.1", other.getLocalPort())).isEqualTo("ECONNREFUSED");
      assertThat(attempt(sandbox, "192.0.2.1", 443)).isEqualTo("ENETUNREACH");
    }
  }

  @Test
  void programs_areNotRoot(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      assertThat(sandbox.run(Map.of(), List.of("id", "-u")).out().strip()).isNotEqualTo("0");
    }
  }

  private static String attempt(Sandbox sandbox, String host, int port) throws Exception {
    return sandbox
        .run(Map.of(), List.of("node", "-e", TRY, host, Integer.toString(port)))
        .out()
        .strip();
  }
}
