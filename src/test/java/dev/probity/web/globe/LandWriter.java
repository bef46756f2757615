package dev.probity.web.globe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes {@code land.json}, the outlines of the globe's land, from a TopoJSON file. See {@code
 * src/main/resources/geo/README.md}.
 */
final class LandWriter {
  private static final int HUNDREDTHS = 100;

  private final JsonNode topology;

  private LandWriter(JsonNode topology) {
    this.topology = topology;
  }

  /**
   * Run by hand.
   *
   * @param arguments the TopoJSON file, and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    LandWriter writer = new LandWriter(mapper.readTree(Files.readString(Path.of(arguments[0]))));
    Files.writeString(Path.of(arguments[1]), mapper.writeValueAsString(writer.rings()));
  }

  private ArrayNode rings() {
    ArrayNode rings = JsonNodeFactory.instance.arrayNode();
    for (JsonNode geometry : topology.at("/objects/land/geometries")) {
      boolean several = geometry.path("type").asString().equals("MultiPolygon");
      for (JsonNode polygon : several ? geometry.path("arcs") : List.of(geometry.path("arcs"))) {
        for (JsonNode ring : polygon) {
          rings.add(differences(ring(ring)));
        }
      }
    }
    return rings;
  }

  /** The arcs of a ring, one after the other; each begins where the one before ended. */
  private List<long[]> ring(JsonNode arcs) {
    List<long[]> points = new ArrayList<>();
    for (JsonNode number : arcs) {
      int index = number.asInt();
      List<long[]> arc = arc(index < 0 ? ~index : index);
      List<long[]> inOrder = index < 0 ? arc.reversed() : arc;
      points.addAll(points.isEmpty() ? inOrder : inOrder.subList(1, inOrder.size()));
    }
    return points;
  }

  private List<long[]> arc(int index) {
    JsonNode transform = Objects.requireNonNull(topology.get("transform"));
    double[] scale = pair(transform.path("scale"));
    double[] origin = pair(transform.path("translate"));
    List<long[]> points = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (JsonNode step : topology.path("arcs").path(index)) {
      double[] by = pair(step);
      x += by[0];
      y += by[1];
      points.add(
          new long[] {
            Math.round((x * scale[0] + origin[0]) * HUNDREDTHS),
            Math.round((y * scale[1] + origin[1]) * HUNDREDTHS)
          });
    }
    return points;
  }

  private static ArrayNode differences(List<long[]> ring) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    long[] before = {0, 0};
    for (long[] point : ring) {
      numbers.add(point[0] - before[0]).add(point[1] - before[1]);
      before = point;
    }
    return numbers;
  }

  private static double[] pair(JsonNode two) {
    return new double[] {two.path(0).asDouble(), two.path(1).asDouble()};
  }
}
