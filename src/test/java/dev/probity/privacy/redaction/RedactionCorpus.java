package dev.probity.privacy.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes texts with something of a kind in them, in the ways in which people and programs write it.
 * It knows nothing of how things are found.
 */
final class RedactionCorpus {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
  private static final String DIGITS = "0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String LETTERS = LOWER + UPPER + DIGITS;
  private static final String URL_SAFE = LETTERS + "-_";
  private static final String BASE64 = LETTERS + "+/";

  private static final List<String> AROUND =
      List.of(
          "%s",
          "Please use %s for this.",
          "It is %s.",
          "Is it (%s)?",
          "x = \"%s\"",
          "call('%s');",
          "{\"value\": \"%s\", \"n\": 1}",
          "{\\\"value\\\":\\\"%s\\\"}",
          "VALUE=%s\nNEXT=1",
          "- one\n- %s\n- three",
          "| a | %s | b |",
          "`%s`",
          "<p>%s</p>",
          "error for %s: timed out",
          "first;%s;last",
          "12:30:45 INFO %s did it");

  private final Random random;

  RedactionCorpus(long seed) {
    random = new Random(seed);
  }

  /**
   * One text.
   *
   * @param secret what must not be in it any more
   */
  record Sample(String text, String secret) {}

  List<Sample> samples(Kind kind, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sample inner = sample(kind);
      String around = AROUND.get(random.nextInt(AROUND.size()));
      samples.add(new Sample(around.replace("%s", inner.text), inner.secret));
    }
    return samples;
  }

  private Sample sample(Kind kind) {
    return switch (kind) {
      case PRIVATE_KEY -> privateKey();
      case AUTHORIZATION -> authorization();
      case URL_CREDENTIALS ->
          inContext(
              oneOf("https", "http", "ftp", "git+https") + "://" + word() + ":",
              password(),
              "@" + host() + "/x");
      case CONNECTION_STRING -> connection();
      case PASSWORD ->
          password(
              oneOf(
                  "password",
                  "PASSWORD",
                  "DB_PASSWORD",
                  "passwd",
                  "pwd",
                  "userPassword",
                  "spring.datasource.password",
                  "--password"),
              password());
      case SECRET ->
          password(
              oneOf(
                  "client_secret",
                  "SECRET",
                  "api_key",
                  "API-KEY",
                  "apiKey",
                  "auth_token",
                  "ACCESS_TOKEN",
                  "webhookSecret",
                  "private_key",
                  "jwt.secret"),
              text(LETTERS, 16, 48));
      case AWS_SECRET_KEY ->
          password(
              oneOf("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "awsSecretKey", "aws-secret"),
              text(BASE64, 40));
      case HOME_FOLDER -> home();
      default -> {
        String value = value(kind);
        yield new Sample(value, value);
      }
    };
  }

  private String value(Kind kind) {
    return switch (kind) {
      case JWT -> jwt();
      case AWS_ACCESS_KEY -> oneOf("AKIA", "ASIA", "AROA", "AIDA") + text(UPPER + "234567", 16);
      case ANTHROPIC_KEY -> "sk-ant-" + oneOf("api03-", "admin01-") + text(URL_SAFE, 93) + "AA";
      case OPENAI_KEY ->
          oneOf(
              "sk-" + text(LETTERS, 48),
              "sk-proj-" + text(URL_SAFE, 74, 156),
              "sk-svcacct-" + text(URL_SAFE, 60),
              "sk-or-v1-" + text(HEX, 64));
      case PROBITY_KEY -> "pk-" + text(LETTERS, 12) + "-" + text(LETTERS, 43);
      case GOOGLE_KEY -> "AIza" + text(URL_SAFE, 35);
      case GOOGLE_OAUTH_TOKEN ->
          oneOf("ya29." + text(URL_SAFE, 80, 200), "GOCSPX-" + text(URL_SAFE, 28));
      case GITHUB_TOKEN ->
          oneOf(
              "ghp_" + text(LETTERS, 36),
              "gho_" + text(LETTERS, 36),
              "ghs_" + text(LETTERS, 36),
              "ghu_" + text(LETTERS, 36),
              "ghr_" + text(LETTERS, 76),
              "github_pat_" + text(LETTERS, 22) + "_" + text(LETTERS, 59));
      case GITLAB_TOKEN -> oneOf("glpat-", "gldt-", "glptt-", "glrt-") + text(URL_SAFE, 20, 40);
      case SLACK_TOKEN ->
          oneOf("xoxb-", "xoxp-", "xoxa-2-", "xoxe-1-", "xapp-1-A")
              + text(DIGITS, 11)
              + "-"
              + text(DIGITS, 12)
              + "-"
              + text(LETTERS, 24);
      case SLACK_WEBHOOK ->
          "https://hooks.slack.com/services/T"
              + text(UPPER + DIGITS, 8)
              + "/B"
              + text(UPPER + DIGITS, 10)
              + "/"
              + text(LETTERS, 24);
      case STRIPE_KEY ->
          oneOf("sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_") + text(LETTERS, 24, 99);
      case NPM_TOKEN -> "npm_" + text(LETTERS, 36);
      case PYPI_TOKEN -> "pypi-AgEIcHlwaS5vcmc" + text(URL_SAFE, 70, 160);
      case HUGGING_FACE_TOKEN -> oneOf("hf_", "api_org_") + text(LETTERS, 34);
      case SENDGRID_KEY -> "SG." + text(URL_SAFE, 22) + "." + text(URL_SAFE, 43);
      case TWILIO_KEY -> oneOf("SK", "AC") + text(HEX, 32);
      case MAILGUN_KEY -> "key-" + text(HEX, 32);
      case GROQ_KEY -> "gsk_" + text(LETTERS, 52);
      case XAI_KEY -> "xai-" + text(LETTERS, 80);
      case DIGITALOCEAN_TOKEN -> oneOf("dop_v1_", "doo_v1_", "dor_v1_") + text(HEX, 64);
      case DATABRICKS_TOKEN -> "dapi" + text(HEX, 32) + oneOf("", "-2");
      case SHOPIFY_TOKEN -> oneOf("shpat_", "shpss_", "shpca_", "shppa_") + text(HEX, 32);
      case TELEGRAM_TOKEN ->
          (1 + random.nextInt(9)) + text(DIGITS, 8, 9) + ":AA" + text(URL_SAFE, 33);
      case AGE_KEY -> "AGE-SECRET-KEY-1" + text("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58);
      case CARD_NUMBER -> card();
      case IBAN -> iban();
      case US_SSN ->
          "%03d-%02d-%04d"
              .formatted(1 + random.nextInt(665), 1 + random.nextInt(99), 1 + random.nextInt(9999));
      case UK_NINO -> nino();
      case PHONE -> phone();
      case EMAIL -> email();
      case IPV4 ->
          (1 + random.nextInt(126))
              + "."
              + random.nextInt(256)
              + "."
              + random.nextInt(256)
              + "."
              + random.nextInt(256);
      case IPV6 -> ipv6();
      case MAC -> mac();
      case CRYPTO_ADDRESS ->
          oneOf(
              "0x" + text(HEX + "ABCDEF", 40),
              "bc1q" + text("qpzry9x8gf2tvdw0s3jn54khce6mua7l", 38));
      default -> throw new IllegalArgumentException(kind + " has a context");
    };
  }

  private Sample privateKey() {
    String label =
        oneOf(
            "RSA PRIVATE KEY",
            "PRIVATE KEY",
            "EC PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK");
    String newline = oneOf("\n", "\r\n", "\\n");
    StringBuilder body = new StringBuilder();
    String line = text(BASE64, 64);
    for (int i = 5 + random.nextInt(20); i > 0; i--) {
      body.append(line).append(newline);
      line = text(BASE64, 64);
    }
    body.append(text(BASE64, 30)).append("==").append(newline);
    return inContext(
        "-----BEGIN " + label + "-----" + newline, body.toString(), "-----END " + label + "-----");
  }

  private Sample authorization() {
    String secret = oneOf(text(URL_SAFE, 32, 64), text(HEX, 40), text(BASE64, 43) + "=");
    String basic =
        Base64.getEncoder()
            .encodeToString((word() + ":" + password()).getBytes(StandardCharsets.UTF_8));
    return random.nextBoolean()
        ? inContext(
            oneOf("Authorization: Bearer ", "authorization: bearer ", "Bearer "), secret, "")
        : inContext(oneOf("Authorization: Basic ", "Proxy-Authorization: basic "), basic, "");
  }

  private Sample connection() {
    return random.nextBoolean()
        ? inContext(
            oneOf("postgres", "postgresql", "mysql", "mongodb+srv", "redis", "amqp")
                + "://"
                + oneOf("", word())
                + ":",
            password(),
            "@" + host() + ":5432/db")
        : inContext(
            oneOf(
                "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=",
                "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey="),
            text(BASE64, 86) + "==",
            ";EndpointSuffix=core.windows.net");
  }

  private Sample password(String name, String value) {
    String before = oneOf("=", ": ", "=\"", "\": \"", " = '", ": '", ":\"");
    String after = before.endsWith("\"") ? "\"" : before.endsWith("'") ? "'" : "";
    return inContext(name + before, value, after);
  }

  private Sample home() {
    return oneOf(
        inContext("/home/", word(), "/project/a.txt"),
        inContext("/Users/", word() + "." + word(), "/Library"),
        inContext("C:\\Users\\", word(), "\\AppData"),
        inContext("file:///home/", word(), "/x"),
        inContext("C:\\\\Users\\\\", word(), "\\\\x"));
  }

  private String jwt() {
    Supplier<String> part = () -> "eyJ" + text(URL_SAFE, 20, 200);
    return part.get() + "." + part.get() + "." + text(URL_SAFE, 43, 342);
  }

  private String card() {
    String start =
        oneOf(
            "4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "3528", "3056", "36", "38",
            "62");
    int size =
        start.startsWith("34") || start.startsWith("37")
            ? 15
            : start.startsWith("30") || start.equals("36") || start.equals("38") ? 14 : 16;
    String body = start + text(DIGITS, size - 1 - start.length());
    for (int check = 0; check < 10; check++) {
      int sum = 0;
      String digits = body + check;
      for (int i = 0; i < size; i++) {
        int digit = Character.digit(digits.charAt(size - 1 - i), 10) << (i % 2);
        sum += digit / 10 + digit % 10;
      }
      if (sum % 10 == 0) {
        String separator = oneOf("", " ", "-");
        return size == 16
            ? digits.replaceAll("(.{4})(?!$)", "$1" + separator)
            : digits.substring(0, 4)
                + separator
                + digits.substring(4, 10)
                + separator
                + digits.substring(10);
      }
    }
    throw new IllegalStateException("one of ten digits fits");
  }

  private String iban() {
    String[] country =
        oneOf(
                "DE 18",
                "FR 23",
                "ES 20",
                "IT L22",
                "NL ABNA10",
                "CH 17",
                "AT 16",
                "PL 24",
                "GB NWBK14",
                "BE 12")
            .split(" ");
    String letters = country[1].replaceAll("[0-9]", "");
    int digits = Integer.parseInt(country[1].replaceAll("[A-Z]", ""));
    String account = letters + text(DIGITS, digits);
    java.math.BigInteger number =
        new java.math.BigInteger(
            (account + country[0] + "00")
                .chars()
                .mapToObj(c -> Integer.toString(Character.digit(c, 36)))
                .reduce("", String::concat));
    int check = 98 - number.mod(java.math.BigInteger.valueOf(97)).intValue();
    String compact = country[0] + "%02d".formatted(check) + account;
    return oneOf(
        compact, compact.replaceAll("(.{4})(?!$)", "$1 "), compact.toLowerCase(Locale.ROOT));
  }

  private String nino() {
    String pairs = oneOf("AB", "CE", "HK", "JM", "PW", "ZY");
    String digits = text(DIGITS, 6);
    String last = text("ABCD", 1);
    return oneOf(
        pairs + digits + last,
        pairs
            + " "
            + digits.substring(0, 2)
            + " "
            + digits.substring(2, 4)
            + " "
            + digits.substring(4)
            + " "
            + last);
  }

  private String phone() {
    String area = (2 + random.nextInt(8)) + text(DIGITS, 2);
    String exchange = (2 + random.nextInt(8)) + text(DIGITS, 2);
    String line = text(DIGITS, 4);
    return oneOf(
        "+49 30 " + text(DIGITS, 7),
        "+49" + text(DIGITS, 10),
        "+44 (0)20 " + text(DIGITS, 4) + " " + text(DIGITS, 4),
        "+1-" + area + "-" + exchange + "-" + line,
        "+1 (" + area + ") " + exchange + "-" + line,
        "+33 1 23 45 " + text(DIGITS, 2) + " " + text(DIGITS, 2),
        "+91 " + text("6789", 1) + text(DIGITS, 4) + " " + text(DIGITS, 5),
        "(" + area + ") " + exchange + "-" + line,
        area + "-" + exchange + "-" + line,
        area + "." + exchange + "." + line);
  }

  private String email() {
    return oneOf(
            word(),
            word() + "." + word(),
            word() + "+" + word(),
            word() + "_" + text(DIGITS, 2),
            "jürgen." + word(),
            word().toUpperCase(Locale.ROOT))
        + "@"
        + host();
  }

  private String ipv6() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      groups.add(text(HEX, 1, 4).replaceFirst("^0+(?=.)", ""));
    }
    groups.set(0, "2" + text(DIGITS, 1) + text(HEX, 2));
    return oneOf(
        String.join(":", groups),
        String.join(":", groups).toUpperCase(Locale.ROOT),
        groups.get(0) + ":" + groups.get(1) + "::" + groups.get(7),
        groups.get(0) + ":" + groups.get(1) + ":" + groups.get(2) + "::1");
  }

  private String mac() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      pairs.add(text(HEX, 2));
    }
    return oneOf(String.join(":", pairs), String.join("-", pairs).toUpperCase(Locale.ROOT));
  }

  private String host() {
    return oneOf(
        "example.com",
        "mail.example.org",
        word() + ".co.uk",
        word() + "-" + word() + ".io",
        "bücher.example");
  }

  private String password() {
    return text(LETTERS, 5, 12) + text("!@#$%^&*_-+", 1) + text(DIGITS, 1, 4);
  }

  private String word() {
    return text(LOWER, 3, 10);
  }

  private static Sample inContext(String before, String secret, String after) {
    return new Sample(before + secret + after, secret);
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String text(String alphabet, int size) {
    return text(alphabet, size, size);
  }

  private String text(String alphabet, int least, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
