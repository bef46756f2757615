package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.compaction.Sealing;

/** Reads requests of clients of OpenAI's responses. */
public final class ResponsesRequestDecoder implements RequestDecoder {
  public static final ResponsesRequestDecoder INSTANCE = new ResponsesRequestDecoder(Sealing.PLAIN);

  private final Sealing sealing;

  /**
   * @param sealing opens the summaries in compaction items
   */
  public ResponsesRequestDecoder(Sealing sealing) {
    this.sealing = sealing;
  }

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    RequestReading reading = new RequestReading(sealing, losses);
    reading.read(body);
    return reading.prompt();
  }
}
