package dev.probity.web.connect;

import java.util.List;

/**
 * How one client is pointed here.
 *
 * @param id for links within the page
 * @param hint what to know before; empty if nothing
 */
public record Snippet(String id, String title, String hint, List<Block> blocks) {
  /**
   * Text to paste.
   *
   * @param label what it is: a shell command, a file
   */
  public record Block(String label, String text) {}
}
