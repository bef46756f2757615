package dev.probity.telemetry;

/**
 * What was noticed about a report while it was taken in, for the health page. All are counts.
 *
 * @param records log records, spans and data points that were sent
 * @param kept events and readings that came of them
 * @param ignored records that say nothing new: repetitions on other signals, known noise
 * @param rejected records that could not be understood
 * @param droppedAttributes attributes that are not on the list of those that are kept
 * @param droppedContent attributes among them that are known to carry content: prompts, answers,
 *     arguments, commands
 * @param skewed records whose time was absurd and was mended
 * @param withoutSession records of no session
 * @param withoutPerson records that name no person
 * @param withoutModel model calls that name no model
 * @param unpriced model calls that have no known price
 */
public record Notes(
    int records,
    int kept,
    int ignored,
    int rejected,
    int droppedAttributes,
    int droppedContent,
    int skewed,
    int withoutSession,
    int withoutPerson,
    int withoutModel,
    int unpriced) {}
