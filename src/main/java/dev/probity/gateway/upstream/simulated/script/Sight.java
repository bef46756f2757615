package dev.probity.gateway.upstream.simulated.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * What a request shows besides its text, so that a model can say what has reached it: images and
 * other media with their sizes and checksums, and earlier reasoning that is handed back.
 */
public final class Sight {
  /** Of a request that shows nothing. */
  static final Sight NOTHING = new Sight("", Trees.object());

  /** What Google takes in a seal's place, where a call was not its model's. */
  private static final Set<String> NO_SEALS =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

  private final String vendor;
  private final JsonNode request;

  /**
   * @param vendor whose seals on reasoning are the model's own
   */
  public Sight(String vendor, JsonNode request) {
    this.vendor = vendor;
    this.request = request;
  }

  /** A seal on a thought, which only this vendor's models take for their own. */
  public static String seal(String vendor, String thought) {
    String sealed = "simulated " + vendor + " " + Integer.toHexString(thought.hashCode());
    return Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@link #seal} made it for this vendor. */
  public static boolean isSealOf(String vendor, String seal) {
    return plain(seal).startsWith("simulated " + vendor + " ");
  }

  /** In words, always the same for the same request. */
  String tell() {
    Looking looking = new Looking();
    looking.walk(request);
    return "I see "
        + (looking.media.isEmpty() ? "no media" : String.join(", ", looking.media))
        + "; seals on thoughts: "
        + looking.own
        + " mine, "
        + looking.foreign
        + " foreign.";
  }

  /** One pass over a request, which works for every format: their members' names differ. */
  private final class Looking {
    private final List<String> media = new ArrayList<>();
    private int own;
    private int foreign;

    void walk(JsonNode node) {
      if (node.isObject()) {
        medium(node).ifPresent(media::add);
        seal(node);
      }
      node.values().forEach(this::walk);
    }

    private void seal(JsonNode node) {
      for (String member :
          List.of("signature", "thoughtSignature", "thought_signature", "encrypted_content")) {
        String seal = node.path(member).asString("");
        if (!seal.isEmpty() && !NO_SEALS.contains(seal)) {
          boolean mine = isSealOf(vendor, seal);
          own += mine ? 1 : 0;
          foreign += mine ? 0 : 1;
        }
      }
    }
  }

  private static Optional<String> medium(JsonNode node) {
    JsonNode image = node.path("image_url");
    String url = image.isString() ? image.stringValue() : image.path("url").asString("");
    url = url.isEmpty() ? node.path("file_data").asString("") : url;
    if (!url.isEmpty()) {
      return Optional.of(at(url));
    }
    String type = node.path("type").asString("");
    if (type.equals("base64")) {
      return Optional.of(bytes(node.path("media_type").asString(""), node));
    }
    if (type.equals("url")) {
      return Optional.of("a medium at " + node.path("url").asString(""));
    }
    for (String member : List.of("inlineData", "inline_data")) {
      if (node.has(member)) {
        JsonNode data = node.path(member);
        return Optional.of(
            bytes(data.path("mimeType").asString(data.path("mime_type").asString("")), data));
      }
    }
    return Optional.empty();
  }

  private static String at(String url) {
    int comma = url.indexOf(";base64,");
    if (!url.startsWith("data:") || comma < 0) {
      return "a medium at " + url;
    }
    return bytes(url.substring(5, comma), url.substring(comma + ";base64,".length()));
  }

  private static String bytes(String type, JsonNode holder) {
    return bytes(type, holder.path("data").asString(""));
  }

  private static String bytes(String type, String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      return "%s of %d bytes (%08x)".formatted(type, bytes.length, checksum.getValue());
    } catch (IllegalArgumentException notBase64) {
      return type + " that is not base64";
    }
  }

  private static String plain(String seal) {
    try {
      return new String(Base64.getDecoder().decode(seal), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
