package dev.probity.gateway.routing;

import dev.probity.gateway.Exchange;
import java.util.OptionalLong;

/**
 * The trail of a call that its only candidate answered at once, as a few numbers: {@code =status
 * reused connect first-byte total input-price output-price}. The row's own columns say the rest.
 * Prices are pico-USD per token, -1 if unknown; rows of earlier versions have none.
 */
final class ShortTrail {
  /** No JSON begins so. */
  private static final char MARK = '=';

  private static final int NUMBERS = 7;
  private static final int NUMBERS_WITHOUT_PRICES = 5;

  private ShortTrail() {}

  static boolean isShort(String stored) {
    return !stored.isEmpty() && stored.charAt(0) == MARK;
  }

  static String of(Trail.Attempted only, Trail.Prices prices) {
    return new StringBuilder(48)
        .append(MARK)
        .append(only.status())
        .append(only.reused() ? " 1 " : " 0 ")
        .append(only.connectMillis())
        .append(' ')
        .append(only.firstByteMillis())
        .append(' ')
        .append(only.totalMillis())
        .append(' ')
        .append(prices.input().orElse(-1))
        .append(' ')
        .append(prices.output().orElse(-1))
        .toString();
  }

  static String json(Exchange exchange) {
    String[] numbers = exchange.trail().substring(1).split(" ");
    if (numbers.length != NUMBERS && numbers.length != NUMBERS_WITHOUT_PRICES) {
      return exchange.trail();
    }
    boolean priced = numbers.length == NUMBERS;
    StringBuilder json = new StringBuilder(384).append("{\"first\":\"only_candidate\"");
    json.append(",\"candidates\":[{");
    TrailJson.member(json, "deployment", exchange.deployment()).append(',');
    TrailJson.member(json, "model", exchange.resolvedModel()).append(',');
    TrailJson.member(json, "provider", exchange.provider()).append(',');
    TrailJson.member(json, "dialect", exchange.operation().dialect().text());
    TrailJson.prices(
        json,
        new Trail.Prices(
            priced ? price(numbers[5]) : OptionalLong.empty(),
            priced ? price(numbers[6]) : OptionalLong.empty()));
    json.append(",\"reason\":\"\"}],\"attempts\":[{");
    TrailJson.member(json, "deployment", exchange.deployment()).append(',');
    TrailJson.member(json, "model", exchange.resolvedModel());
    json.append(",\"status\":").append(Integer.parseInt(numbers[0]));
    json.append(",\"error\":\"\",\"reused\":").append(numbers[1].equals("1"));
    json.append(",\"connect_ms\":").append(Long.parseLong(numbers[2]));
    json.append(",\"first_byte_ms\":").append(Long.parseLong(numbers[3]));
    json.append(",\"total_ms\":").append(Long.parseLong(numbers[4]));
    json.append(",\"translated\":false,\"charge_nano_usd\":").append(exchange.charge().nanoUsd());
    return json.append("}]}").toString();
  }

  private static OptionalLong price(String number) {
    long pico = Long.parseLong(number);
    return pico < 0 ? OptionalLong.empty() : OptionalLong.of(pico);
  }
}
