/**
 * The only SQL. Implements the ports of the features. Here is what both stores need: encrypted
 * connections ({@link dev.probity.storage.EncryptedSqlite}), plain SQL on them ({@link
 * dev.probity.storage.Sql}), migrations, and the check that what is on the disk is encrypted
 * ({@link dev.probity.storage.AtRestProbe}).
 */
@NullMarked
package dev.probity.storage;

import org.jspecify.annotations.NullMarked;
