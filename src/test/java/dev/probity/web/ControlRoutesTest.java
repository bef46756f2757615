package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ControlRoutesTest {
  /** A new route, or a changed permission, must be seen in a review: it changes this file. */
  @Test
  void routes_areTheOnesOnRecord() throws IOException {
    try (TestPlane plane = TestPlane.empty();
        InputStream golden = ControlRoutesTest.class.getResourceAsStream("/web/routes.txt")) {
      String actual =
          plane.server.routes().stream()
              .map(r -> "%-7s%-24s%s\n".formatted(r.method(), r.path(), r.permission()))
              .sorted()
              .collect(Collectors.joining());

      assertThat(actual).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
