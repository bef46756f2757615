package dev.probity.privacy.redaction;

import java.util.Locale;

/** What is found in text, one of these for each pattern. */
public enum Kind {
  PRIVATE_KEY("Private keys in PEM, OpenSSH and PGP form"),
  JWT("JSON web tokens"),
  AUTHORIZATION("Bearer and Basic credentials"),
  URL_CREDENTIALS("User and password in an address"),
  CONNECTION_STRING("Credentials of databases, queues and storage accounts"),
  PASSWORD("What is assigned to a password"),
  SECRET("What is assigned to a secret, a token or a key"),
  AWS_SECRET_KEY("AWS secret access keys, where they are named"),
  AWS_ACCESS_KEY("AWS access key ids"),
  ANTHROPIC_KEY("Anthropic API keys"),
  OPENAI_KEY("OpenAI API keys, and others that begin with sk-"),
  PROBITY_KEY("Keys that Probity issues"),
  GOOGLE_KEY("Google API keys"),
  GOOGLE_OAUTH_TOKEN("Google OAuth tokens and client secrets"),
  GITHUB_TOKEN("GitHub tokens"),
  GITLAB_TOKEN("GitLab tokens"),
  SLACK_TOKEN("Slack tokens"),
  SLACK_WEBHOOK("Slack webhooks"),
  STRIPE_KEY("Stripe keys and webhook secrets"),
  NPM_TOKEN("npm tokens"),
  PYPI_TOKEN("PyPI tokens"),
  HUGGING_FACE_TOKEN("Hugging Face tokens"),
  SENDGRID_KEY("SendGrid keys"),
  TWILIO_KEY("Twilio keys and account ids"),
  MAILGUN_KEY("Mailgun keys"),
  GROQ_KEY("Groq keys"),
  XAI_KEY("xAI keys"),
  DIGITALOCEAN_TOKEN("DigitalOcean tokens"),
  DATABRICKS_TOKEN("Databricks tokens"),
  SHOPIFY_TOKEN("Shopify tokens"),
  TELEGRAM_TOKEN("Telegram bot tokens"),
  AGE_KEY("age secret keys"),
  EMAIL("Email addresses"),
  CARD_NUMBER("Payment card numbers, by issuer, length and check digit"),
  IBAN("Bank accounts, by country, length and check digits"),
  US_SSN("US social security numbers, written with dashes"),
  UK_NINO("UK national insurance numbers"),
  PHONE("Telephone numbers with a country code, and North American ones"),
  IPV4("IPv4 addresses, but for those that name no machine"),
  IPV6("IPv6 addresses"),
  MAC("MAC addresses"),
  CRYPTO_ADDRESS("Bitcoin and Ethereum addresses"),
  HOME_FOLDER("The person's name in the path of a home folder");

  private final String meaning;
  private final String marker = "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";

  Kind(String meaning) {
    this.meaning = meaning;
  }

  /** What it is, for people. */
  public String meaning() {
    return meaning;
  }

  /** What stands in the text instead: {@code [email]}. */
  public String marker() {
    return marker;
  }
}
