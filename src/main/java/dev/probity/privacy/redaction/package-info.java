/**
 * Takes out of text what names a person or opens a door, before the text is kept. Start at {@link
 * dev.probity.privacy.redaction.Redactor}.
 *
 * <p>Always: the same text gives the same result, redacting twice changes nothing more, and the
 * time is in proportion to the text's length, whatever it says. Names and street addresses are not
 * found: rules can't tell them.
 */
@NullMarked
package dev.probity.privacy.redaction;

import org.jspecify.annotations.NullMarked;
