package dev.probity.server.settings;

/**
 * One mistake in a settings file. Lines and columns count from 1; 0 where the whole file is meant.
 *
 * @param text what was found, and what is expected
 */
public record Problem(String file, int line, int column, String text) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
  }
}
