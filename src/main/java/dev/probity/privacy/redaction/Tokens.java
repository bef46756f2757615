package dev.probity.privacy.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Tokens that say by how they begin whose they are. */
final class Tokens implements Detector {
  private static final int LONGEST = 512;
  private static final int ASCII = 128;

  private static final List<Form> FORMS =
      List.of(
          new Form(Kind.ANTHROPIC_KEY, "sk-ant-", 20, Scan::isWord),
          new Form(Kind.OPENAI_KEY, "sk-", 20, Scan::isWord),
          new Form(Kind.PROBITY_KEY, "pk-", 30, Scan::isWord),
          new Form(Kind.STRIPE_KEY, "sk_live_", 16, Scan::isWord),
          new Form(Kind.STRIPE_KEY, "sk_test_", 16, Scan::isWord),
          new Form(Kind.STRIPE_KEY, "rk_live_", 16, Scan::isWord),
          new Form(Kind.STRIPE_KEY, "rk_test_", 16, Scan::isWord),
          new Form(Kind.STRIPE_KEY, "whsec_", 24, Tokens::isBase64),
          new Form(Kind.GOOGLE_KEY, "AIza", 35, Scan::isWord),
          new Form(Kind.GOOGLE_OAUTH_TOKEN, "ya29.", 20, Scan::isWord),
          new Form(Kind.GOOGLE_OAUTH_TOKEN, "GOCSPX-", 28, Scan::isWord),
          new Form(Kind.AWS_ACCESS_KEY, "AKIA", 16, Tokens::isUpperOrDigit),
          new Form(Kind.AWS_ACCESS_KEY, "ASIA", 16, Tokens::isUpperOrDigit),
          new Form(Kind.AWS_ACCESS_KEY, "AROA", 16, Tokens::isUpperOrDigit),
          new Form(Kind.AWS_ACCESS_KEY, "AIDA", 16, Tokens::isUpperOrDigit),
          new Form(Kind.GITHUB_TOKEN, "github_pat_", 40, Scan::isWord),
          new Form(Kind.GITHUB_TOKEN, "ghp_", 36, Scan::isAlphanumeric),
          new Form(Kind.GITHUB_TOKEN, "gho_", 36, Scan::isAlphanumeric),
          new Form(Kind.GITHUB_TOKEN, "ghu_", 36, Scan::isAlphanumeric),
          new Form(Kind.GITHUB_TOKEN, "ghs_", 36, Scan::isAlphanumeric),
          new Form(Kind.GITHUB_TOKEN, "ghr_", 36, Scan::isAlphanumeric),
          new Form(Kind.GITLAB_TOKEN, "glpat-", 20, Tokens::isWordOrDot),
          new Form(Kind.GITLAB_TOKEN, "gldt-", 20, Scan::isWord),
          new Form(Kind.GITLAB_TOKEN, "glrt-", 20, Tokens::isWordOrDot),
          new Form(Kind.GITLAB_TOKEN, "glptt-", 20, Scan::isWord),
          new Form(Kind.GITLAB_TOKEN, "glcbt-", 20, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxb-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxp-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxa-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxr-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxs-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xoxe-", 10, Scan::isWord),
          new Form(Kind.SLACK_TOKEN, "xapp-", 10, Scan::isWord),
          new Form(Kind.NPM_TOKEN, "npm_", 36, Scan::isAlphanumeric),
          new Form(Kind.PYPI_TOKEN, "pypi-", 50, Scan::isWord),
          new Form(Kind.HUGGING_FACE_TOKEN, "hf_", 30, Scan::isAlphanumeric),
          new Form(Kind.HUGGING_FACE_TOKEN, "api_org_", 30, Scan::isAlphanumeric),
          new Form(Kind.SENDGRID_KEY, "SG.", 60, Tokens::isWordOrDot),
          new Form(Kind.TWILIO_KEY, "SK", 32, Scan::isHex),
          new Form(Kind.TWILIO_KEY, "AC", 32, Scan::isHex),
          new Form(Kind.MAILGUN_KEY, "key-", 32, Scan::isHex),
          new Form(Kind.GROQ_KEY, "gsk_", 40, Scan::isAlphanumeric),
          new Form(Kind.XAI_KEY, "xai-", 40, Scan::isAlphanumeric),
          new Form(Kind.DIGITALOCEAN_TOKEN, "dop_v1_", 64, Scan::isHex),
          new Form(Kind.DIGITALOCEAN_TOKEN, "doo_v1_", 64, Scan::isHex),
          new Form(Kind.DIGITALOCEAN_TOKEN, "dor_v1_", 64, Scan::isHex),
          new Form(Kind.DATABRICKS_TOKEN, "dapi", 32, Tokens::isHexOrDash),
          new Form(Kind.SHOPIFY_TOKEN, "shpat_", 32, Scan::isHex),
          new Form(Kind.SHOPIFY_TOKEN, "shpss_", 32, Scan::isHex),
          new Form(Kind.SHOPIFY_TOKEN, "shpca_", 32, Scan::isHex),
          new Form(Kind.SHOPIFY_TOKEN, "shppa_", 32, Scan::isHex),
          new Form(Kind.AGE_KEY, "AGE-SECRET-KEY-1", 50, Tokens::isUpperOrDigit),
          new Form(Kind.CRYPTO_ADDRESS, "bc1", 25, Scan::isAlphanumeric),
          new Form(Kind.SLACK_WEBHOOK, "https://hooks.slack.com/services/", 20, Tokens::isPath),
          new Form(Kind.SLACK_WEBHOOK, "https://hooks.slack.com/workflows/", 20, Tokens::isPath));

  /** The forms by their first characters. */
  private final List<List<Form>> byFirst;

  Tokens() {
    List<List<Form>> lists = new ArrayList<>();
    for (int c = 0; c < ASCII; c++) {
      char first = (char) c;
      lists.add(FORMS.stream().filter(form -> form.prefix.charAt(0) == first).toList());
    }
    byFirst = List.copyOf(lists);
  }

  /**
   * How a token looks.
   *
   * @param shortest how many characters there are at least after the prefix
   */
  private record Form(Kind kind, String prefix, int shortest, IntPredicate alphabet) {
    boolean fits(CharSequence text, int body, int end) {
      return kind == Kind.AWS_ACCESS_KEY
          ? end - body == shortest && Scan.ends(text, end)
          : end - body >= shortest && isRandom(text, body, end);
    }
  }

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    char first = text.charAt(at);
    if (first >= ASCII || byFirst.get(first).isEmpty() || !Scan.begins(text, at)) {
      return Optional.empty();
    }
    for (Form form : byFirst.get(first)) {
      if (Scan.startsWith(text, at, form.prefix)) {
        int body = at + form.prefix.length();
        int end = Scan.run(text, body, LONGEST, form.alphabet);
        if (form.fits(text, body, end)) {
          return Optional.of(new Finding(form.kind, at, end));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether there is a digit, or upper and lower case: sk-learn-something-or-other has neither. */
  private static boolean isRandom(CharSequence text, int from, int to) {
    boolean upper = false;
    boolean lower = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Scan.isDigit(c)) {
        return true;
      }
      upper |= Scan.isUpper(c);
      lower |= c >= 'a' && c <= 'z';
    }
    return upper && lower;
  }

  private static boolean isUpperOrDigit(int c) {
    return Scan.isUpper(c) || Scan.isDigit(c);
  }

  private static boolean isHexOrDash(int c) {
    return Scan.isHex(c) || c == '-';
  }

  private static boolean isWordOrDot(int c) {
    return Scan.isWord(c) || c == '.';
  }

  private static boolean isBase64(int c) {
    return Scan.isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
  }

  private static boolean isPath(int c) {
    return Scan.isWord(c) || c == '/';
  }
}
