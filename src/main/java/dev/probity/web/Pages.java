package dev.probity.web;

import dev.probity.http.Answer;
import dev.probity.http.Route;
import dev.probity.http.StaticFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Fills templates, each inside the {@link Shell}. */
public final class Pages {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.probity.web.templates");
  private final StaticFiles files =
      new StaticFiles(
          "/web/static",
          List.of(
              "app.css",
              "app.js",
              "theme.js",
              "icon.svg",
              "globe.css",
              "globe.js",
              "land.json",
              "office.css",
              "office.js",
              "office-room.js",
              "office-replay.js",
              "office-sprites.js"));
  private final String version;

  Pages(String version) {
    this.version = version;
  }

  Route files() {
    return files.route();
  }

  /** The address of one of the files, for a page that needs more than every page does. */
  public String address(String file) {
    return files.address(file);
  }

  /** A page of the navigation entry {@code active}. */
  public Answer page(String template, String title, String active, Object view) {
    return page(200, template, title, active, view);
  }

  /** The same with another status than 200. */
  public Answer page(int status, String template, String title, String active, Object view) {
    Shell shell =
        new Shell(
            title,
            active,
            files.address("app.css"),
            files.address("theme.js"),
            files.address("app.js"),
            files.address("icon.svg"),
            version);
    return Answer.html(status, render(template, Map.of("shell", shell, "view", view)));
  }

  /** A piece of a page, for a script to put into one. */
  public String piece(String template, Object view) {
    byte[] piece = render(template, Map.of("view", view));
    return new String(piece, StandardCharsets.UTF_8).strip();
  }

  private byte[] render(String template, Map<String, Object> parameters) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(template + ".jte", parameters, output);
    return output.toByteArray();
  }
}
