package dev.probity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(
          List.of(
              AddressRange.parse("10.0.0.0/8"),
              AddressRange.parse("127.0.0.1"),
              AddressRange.parse("fd00::/8")));

  @Test
  void header_ofAStranger_isNotBelieved() {
    assertThat(client("81.2.69.142", "8.8.8.8")).isEqualTo("81.2.69.142");
    assertThat(new TrustedProxies(List.of()).client(address("10.0.0.1"), List.of("8.8.8.8")))
        .contains(address("10.0.0.1"));
  }

  @Test
  void header_ofAProxy_namesTheClient() {
    assertThat(client("10.0.0.1", "81.2.69.142")).isEqualTo("81.2.69.142");
    assertThat(client("127.0.0.1", "81.2.69.142, 10.3.3.3")).isEqualTo("81.2.69.142");
    assertThat(client("fd00::1", "2a02:1::5")).isEqualTo("2a02:1:0:0:0:0:0:5");
    assertThat(client("::ffff:10.0.0.1", "81.2.69.142")).isEqualTo("81.2.69.142");
  }

  @Test
  void clientThatForgesTheHeader_isStillItself() {
    assertThat(client("10.0.0.1", "8.8.8.8, 1.1.1.1, 81.2.69.142")).isEqualTo("81.2.69.142");
    assertThat(client("10.0.0.1", "8.8.8.8,10.0.0.9,81.2.69.142,10.0.0.2"))
        .isEqualTo("81.2.69.142");
    assertThat(client("10.0.0.1", "8.8.8.8", "81.2.69.142")).isEqualTo("81.2.69.142");
  }

  @Test
  void proxiesAlone_areTheFarthestOfThem() {
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(client("10.0.0.1", "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
  }

  @ParameterizedTest
  @CsvSource({
    "81.2.69.142:4711,81.2.69.142",
    "[2a02:1::5]:443,2a02:1:0:0:0:0:0:5",
    "[2a02:1::5],2a02:1:0:0:0:0:0:5",
    "' 81.2.69.142\t',81.2.69.142",
    "::ffff:81.2.69.142,81.2.69.142"
  })
  void address_isReadInEveryForm(String hop, String expected) {
    assertThat(client("10.0.0.1", hop)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "",
        ",",
        "_hidden",
        "example.com",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "0x7f.1",
        "256.1.1.1",
        "fe80::1%eth0",
        "[",
        "[]",
        "::::",
        "8.8.8.8 9.9.9.9",
        "<script>",
        "8.8.8.8,"
      })
  void garbage_isNobody(String hop) {
    assertThat(proxies.client(address("10.0.0.1"), List.of(hop))).isEmpty();
    assertThat(client("81.2.69.142", hop)).isEqualTo("81.2.69.142");
  }

  @Test
  void endlessChain_isNobody() {
    assertThat(
            proxies.client(
                address("10.0.0.1"),
                List.of("8.8.8.8, " + String.join(",", Collections.nCopies(100_000, "10.0.0.2")))))
        .isEmpty();
  }

  @Test
  void anyHeader_isAnsweredWithoutFail() {
    Random random = new Random(1);
    String alphabet = "0123456789abcdef.:,[]% \t-_x";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder header = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(proxies.client(address("10.0.0.1"), List.of(header.toString()))).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.255.255,true",
    "10.0.0.0/8,11.0.0.0,false",
    "10.0.0.0/9,10.128.0.0,false",
    "0.0.0.0/0,8.8.8.8,true",
    "0.0.0.0/0,::1,false",
    "2a02::/16,2a02:ffff::,true",
    "2a02::/16,2a03::,false",
    "81.2.69.142,81.2.69.142,true",
    "81.2.69.142,81.2.69.143,false",
    "81.2.69.142/31,81.2.69.143,true"
  })
  void range_containsWhatBeginsAlike(String range, String other, boolean expected) {
    assertThat(AddressRange.parse(range).contains(address(other))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/", "/8", "host/8", "x"})
  void range_thatIsNone_isRefused(String range) {
    assertThatThrownBy(() -> AddressRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String client(String peer, String... headers) {
    return proxies.client(address(peer), List.of(headers)).orElseThrow().getHostAddress();
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
