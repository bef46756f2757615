package dev.probity.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds {@code ?a=b&c=d}; empty as long as there is nothing in it. */
public final class QueryString {
  private final StringBuilder text = new StringBuilder();

  public QueryString and(String name, String value) {
    text.append(text.isEmpty() ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
