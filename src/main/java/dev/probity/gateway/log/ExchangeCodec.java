package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.pricing.Charge;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Exchanges as bytes in the journal: a version, then the fields in the record's order. The journal
 * of an older build must stay readable, so a version is never changed, only added; a test keeps
 * bytes of each.
 *
 * <p>Text that is not valid Unicode comes back with replacement characters.
 */
public final class ExchangeCodec {
  /** The kind of journal entry that holds an exchange. */
  public static final byte KIND = 1;

  private static final int VERSION = 1;
  private static final Operation[] OPERATIONS = Operation.values();
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final UsageSource[] SOURCES = UsageSource.values();

  private static final int STREAM = 1;
  private static final int UNPRICED = 2;
  private static final int TTFT = 4;
  private static final int SESSION = 8;
  private static final int PROVIDER_REQUEST = 16;

  private ExchangeCodec() {}

  /** The bytes of an exchange, in an array of their own. */
  public static byte[] encode(Exchange exchange) {
    ByteWriter writer = new ByteWriter();
    encode(exchange, writer);
    return writer.toBytes();
  }

  static void encode(Exchange exchange, ByteWriter to) {
    to.writeByte(VERSION);
    to.writeByte(flags(exchange));
    to.writeNumber(exchange.id().value());
    to.writeNumber(exchange.organization().value());
    to.writeText(exchange.key().value());
    to.writeByte(exchange.operation().ordinal());
    to.writeText(exchange.requestedModel());
    to.writeText(exchange.resolvedModel());
    to.writeText(exchange.provider());
    to.writeText(exchange.deployment());
    to.writeNumber(exchange.status());
    to.writeByte(exchange.outcome().ordinal());
    to.writeText(exchange.error());
    encodeUsage(exchange.usage(), to);
    to.writeByte(exchange.usageSource().ordinal());
    to.writeNumber(exchange.charge().nanoUsd());
    to.writeText(exchange.charge().priceVersion());
    to.writeNumber(exchange.latencyMillis());
    exchange.ttftMillis().ifPresent(to::writeNumber);
    to.writeNumber(exchange.requestBytes());
    to.writeNumber(exchange.responseBytes());
    exchange.sessionId().ifPresent(to::writeText);
    exchange.providerRequestId().ifPresent(to::writeText);
    to.writeText(exchange.trail());
  }

  /**
   * Reads an exchange.
   *
   * @throws ExchangeFormatException if the bytes are not one
   */
  public static Exchange decode(byte[] bytes) {
    ByteReader from = new ByteReader(bytes);
    try {
      int version = from.readByte();
      if (version != VERSION) {
        throw new ExchangeFormatException(
            "an encoded exchange has version " + version + " (expected: " + VERSION + ")", null);
      }
      Exchange exchange = decodeFields(from);
      if (!from.atEnd()) {
        throw new ExchangeFormatException("an encoded exchange goes on after its end", null);
      }
      return exchange;
    } catch (IllegalArgumentException e) {
      throw new ExchangeFormatException("an encoded exchange is broken", e);
    }
  }

  private static Exchange decodeFields(ByteReader from) {
    int flags = from.readByte();
    if (flags >= PROVIDER_REQUEST << 1) {
      throw new ExchangeFormatException("an encoded exchange has unknown flags " + flags, null);
    }
    return new Exchange(
        new ExchangeId(from.readNumber()),
        new OrganizationId(from.readNumber()),
        new KeyId(from.readText()),
        from.readOneOf(OPERATIONS),
        from.readText(),
        from.readText(),
        from.readText(),
        from.readText(),
        Math.toIntExact(notNegative(from.readNumber(), Integer.MAX_VALUE)),
        from.readOneOf(OUTCOMES),
        from.readText(),
        decodeUsage(from),
        from.readOneOf(SOURCES),
        new Charge(from.readNumber(), (flags & UNPRICED) != 0, from.readText()),
        from.readNumber(),
        (flags & TTFT) != 0 ? OptionalLong.of(from.readNumber()) : OptionalLong.empty(),
        (flags & STREAM) != 0,
        from.readNumber(),
        from.readNumber(),
        (flags & SESSION) != 0 ? Optional.of(from.readText()) : Optional.empty(),
        (flags & PROVIDER_REQUEST) != 0 ? Optional.of(from.readText()) : Optional.empty(),
        from.readText());
  }

  private static int flags(Exchange exchange) {
    return (exchange.stream() ? STREAM : 0)
        | (exchange.charge().unpriced() ? UNPRICED : 0)
        | (exchange.ttftMillis().isPresent() ? TTFT : 0)
        | (exchange.sessionId().isPresent() ? SESSION : 0)
        | (exchange.providerRequestId().isPresent() ? PROVIDER_REQUEST : 0);
  }

  private static void encodeUsage(Usage usage, ByteWriter to) {
    to.writeNumber(usage.uncachedInput());
    to.writeNumber(usage.cacheRead());
    to.writeNumber(usage.cacheWrite5m());
    to.writeNumber(usage.cacheWrite1h());
    to.writeNumber(usage.outputText());
    to.writeNumber(usage.outputReasoning());
    to.writeNumber(usage.toolPrompt());
  }

  private static Usage decodeUsage(ByteReader from) {
    return new Usage(
        from.readNumber(),
        from.readNumber(),
        from.readNumber(),
        from.readNumber(),
        from.readNumber(),
        from.readNumber(),
        from.readNumber());
  }

  private static long notNegative(long value, long atMost) {
    if (value < 0 || value > atMost) {
      throw new IllegalArgumentException("number: " + value + " (expected: 0 to " + atMost + ")");
    }
    return value;
  }
}
