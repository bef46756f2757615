package dev.probity.privacy.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  /** 64 KiB, the longest prompt that is worth a thought here. */
  private static final int LONG = 1 << 16;

  /** How often a character may be looked at, on average, whatever the text. */
  private static final long LOOKS = 800;

  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Write to ada@example.com, please.|Write to [email], please.",
        "'ada@example.com'|'[email]'",
        "password: hunter22! next|password: [password] next",
        "OPENAI_API_KEY=sk-proj-abcdefghijklmnopqrstuv123|OPENAI_API_KEY=[openai-key]",
        "{\"token\": \"abcd-efgh-ijkl\"}|{\"token\": \"[secret]\"}",
        "curl -H 'Authorization: Bearer abc123def456'|curl -H 'Authorization: Bearer [authorization]'",
        "https://ada:s3cret@example.com/x|https://[url-credentials]@example.com/x",
        "postgres://app:s3cret@db:5432/x|postgres://[connection-string]@db:5432/x",
        "4111 1111 1111 1111 12/27|[card-number] 12/27",
        "DE89 3704 0044 0532 0130 00 is it|[iban] is it",
        "219-09-9999|[us-ssn]",
        "call +49 30 1234567 now|call [phone] now",
        "from 81.2.69.142:443|from [ipv4]:443",
        "at 2001:db8::8a2e:370:7334.|at [ipv6].",
        "/home/ada/src|/home/[home-folder]/src",
        "-----BEGIN RSA PRIVATE KEY----- MIIEow== -----END RSA PRIVATE KEY----- after|[private-key] after"
      })
  void finding_isReplacedByItsMarker(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
    assertThat(redactor.redact(expected)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The quick brown fox jumps over the lazy dog at 12:30:45 on 2026-11-20.",
        "const token = await parser.nextToken(); if (token === null) throw new Error('token');",
        "String password = config.password(); // never log it",
        "password: string; secret?: string; token: Token | undefined",
        "max_tokens: 4096, temperature = 0.7, top_p = 0.95",
        "git clone git@github.com:owner/repository.git && npm install @scope/package@1.2.3",
        "version 10.15.7, Chrome/120.0.0.0, build 1.22.333",
        "listening on 127.0.0.1:8080 and 0.0.0.0:4317, [::1]:80, mask 255.255.255.0",
        "std::vector<int> a; ad::be(); x ? y::z : w",
        "sk-learn-is-a-library-for-machine-learning and a pk-of-something-else-entirely-that-is-long",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "550e8400-e29b-41d4-a716-446655440000",
        "order 1234567890123456, 4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "1763650800000 1700000000",
        "Basic understanding of bearer authentication",
        "API_KEY=$OPENAI_API_KEY PASSWORD=${PASSWORD:-} secret=<your secret> token={{ token }}",
        "password = \"********\"; api_key: YOUR_KEY",
        "the tokens, the secrets and the passwords: three words",
        "@Override @NullMarked a@b",
        "/homepage/ada /work/home/ada",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
      })
  void ordinaryText_isLeftAlone(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  @Test
  void ownSources_areOrdinaryText() throws IOException {
    List<String> found = new ArrayList<>();
    long characters = 0;
    for (Path file : sources()) {
      if (file.toString().contains("redaction")) {
        // Its comments are full of examples.
        continue;
      }
      String text = Files.readString(file);
      characters += text.length();
      for (Finding finding : redactor.find(text)) {
        found.add(
            file.getFileName()
                + ": "
                + finding.kind()
                + " "
                + text.substring(finding.from(), finding.to()));
      }
    }
    assertThat(characters).isGreaterThan(500_000);
    // Ranges of addresses are rightly found; of what else stands in examples there is little.
    assertThat(found)
        .filteredOn(text -> !text.contains(": IPV"))
        .hasSizeLessThan((int) (characters / 100_000));
  }

  @Test
  void time_isInProportionToLength_whateverTheText() {
    List<String> pieces =
        List.of(
            "a",
            "@",
            "a@",
            "a.",
            "1",
            "1-",
            "1 ",
            "1.",
            "+1",
            "(",
            "eyJ",
            "eyJ.",
            "eyJaaaaaaaa.",
            "sk-",
            "sk-a",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "GB82 ",
            "pwd=",
            "pwd:",
            "pwd='",
            "pwd=\"a",
            "password",
            "token=\"",
            "://",
            "a://a:",
            "://a@",
            "Bearer ",
            "basic a",
            "f:",
            "ff:",
            "::",
            "0x",
            "/home/",
            "\\users\\",
            "xoxb-",
            " ",
            "\n",
            "ä",
            "é@",
            "\ud83d\ude00",
            "A",
            "AB12",
            "4111 ",
            "12345678:",
            "%",
            "_",
            "secret_",
            "a-",
            "https://hooks.slack.com/services/");
    for (String piece : pieces) {
      assertLinear(piece.repeat(LONG / piece.length()));
    }
    Random random = new Random(9);
    for (int round = 0; round < 60; round++) {
      StringBuilder mixed = new StringBuilder();
      String one = pieces.get(random.nextInt(pieces.size()));
      String two = pieces.get(random.nextInt(pieces.size()));
      String three = pieces.get(random.nextInt(pieces.size()));
      while (mixed.length() < LONG) {
        mixed.append(one.repeat(1 + random.nextInt(50))).append(two).append(three);
      }
      assertLinear(mixed.toString());
    }
  }

  private void assertLinear(String text) {
    CountedText counted = new CountedText(text);
    assertThat(redactor.find(counted)).isNotNull();
    assertThat(counted.looks)
        .as("looks at " + text.substring(0, Math.min(60, text.length())))
        .isLessThan(LOOKS * text.length());
  }

  @Test
  void anyText_isRedactedTheSameWay_andTwiceChangesNothing() {
    Random random = new Random(21);
    RedactionCorpus corpus = new RedactionCorpus(22);
    String alphabet = "ab1 2:/@.-_=\"'+(){}[]\n\\skpw%";
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        text.append(corpus.samples(kind, 1).getFirst().text());
        for (int j = random.nextInt(12); j > 0; j--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      String once = redactor.redact(text.toString());
      assertThat(redactor.redact(text.toString())).isEqualTo(once);
      assertThat(redactor.redact(once)).as(text.toString()).isEqualTo(once);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Counts how often its characters are looked at. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long looks;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      looks += text.length();
      return text;
    }
  }
}
