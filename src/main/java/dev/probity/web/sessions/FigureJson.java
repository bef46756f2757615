package dev.probity.web.sessions;

import dev.probity.gateway.log.ExchangeJson;
import dev.probity.kernel.Usage;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** Figures as the API writes them: tokens as usage, everything else under its own name. */
final class FigureJson {
  private static final List<Figure> TOKENS =
      List.of(
          Figure.UNCACHED_INPUT,
          Figure.CACHE_READ,
          Figure.CACHE_WRITE_5M,
          Figure.CACHE_WRITE_1H,
          Figure.OUTPUT_TEXT,
          Figure.OUTPUT_REASONING,
          Figure.TOOL_PROMPT);

  private FigureJson() {}

  /** What the agent claims; empty if it claims nothing. */
  static OptionalLong claimed(Figures figures) {
    long nanoUsd = figures.get(Figure.CLAIMED_NANO_USD);
    return nanoUsd == 0 ? OptionalLong.empty() : OptionalLong.of(nanoUsd);
  }

  static ObjectNode put(ObjectNode json, Figures figures, List<Figure> without) {
    json.set("usage", usage(figures.usage()));
    for (Figure figure : Figure.values()) {
      if (TOKENS.contains(figure) || without.contains(figure)) {
        continue;
      }
      if (figure == Figure.CLAIMED_NANO_USD && claimed(figures).isEmpty()) {
        json.putNull(name(figure));
      } else {
        json.put(name(figure), figures.get(figure));
      }
    }
    return json;
  }

  static ObjectNode usage(Usage usage) {
    return ExchangeJson.usage(usage).put("total", usage.total());
  }

  /** Names of the columns that {@link #cells} fills. */
  static List<String> header(List<Figure> without) {
    return Arrays.stream(Figure.values())
        .filter(figure -> !without.contains(figure))
        .map(FigureJson::name)
        .toList();
  }

  static List<Object> cells(Figures figures, List<Figure> without) {
    List<Object> cells = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      if (!without.contains(figure)) {
        boolean unclaimed = figure == Figure.CLAIMED_NANO_USD && claimed(figures).isEmpty();
        cells.add(unclaimed ? "" : figures.get(figure));
      }
    }
    return cells;
  }

  private static String name(Figure figure) {
    return figure.column().replace("_millis", "_ms");
  }
}
