package dev.probity.server;

import java.util.Optional;

/** The product's version, as the jar says. */
final class Version {
  private Version() {}

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
