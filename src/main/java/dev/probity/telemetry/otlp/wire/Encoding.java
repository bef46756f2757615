package dev.probity.telemetry.otlp.wire;

/** How a message of OTLP over HTTP is written. An answer is written as its request was. */
public enum Encoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  Encoding(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }
}
