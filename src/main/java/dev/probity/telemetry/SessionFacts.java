package dev.probity.telemetry;

/**
 * What is the same for many events of a session: who reports, and from where. Text that an agent
 * did not give is empty. Ids of people are keyed hashes by the time they are here, except for ids
 * that say nothing by themselves.
 *
 * @param agent the agent's word in this product: {@code claude-code}, {@code codex}, {@code
 *     gemini-cli}; for one that is not known, its own {@code service.name}
 * @param session the agent's own id of the session; empty if it gave none
 * @param clientVersion the agent's version
 * @param email keyed hash of the person's email address (see {@link PersonalValues})
 * @param account the person's id at the vendor
 * @param install random id of the installation
 * @param endUser the person's id as the organization set it in resource attributes
 * @param team as the organization set it in resource attributes
 * @param repository {@code owner/name} or what the agent calls it
 * @param branch the branch that is worked on
 * @param terminal type of the terminal or editor
 * @param plan how the vendor bills: {@code api}, {@code subscription}, or empty if it is not known
 * @param planName the plan's own name, such as {@code max}
 * @param entrypoint how the agent was started, such as {@code sdk} or {@code codex_exec}
 */
public record SessionFacts(
    String agent,
    String session,
    String clientVersion,
    String email,
    String account,
    String install,
    String endUser,
    String team,
    String repository,
    String branch,
    String terminal,
    String plan,
    String planName,
    String entrypoint) {

  /** How the vendor bills what the session used. */
  public static final String PLAN_API = "api";

  public static final String PLAN_SUBSCRIPTION = "subscription";

  /** Of no session in particular: nothing but the agent. */
  public static SessionFacts ofAgent(String agent) {
    return new SessionFacts(agent, "", "", "", "", "", "", "", "", "", "", "", "", "");
  }
}
