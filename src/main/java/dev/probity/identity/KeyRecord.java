package dev.probity.identity;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.Role;
import dev.probity.kernel.StoredIn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of a key that Probity issued. The key itself is not: only a salted digest of its
 * 256-bit secret.
 *
 * @param name what its owner calls it; 1 to 100 characters
 * @param salt 16 random bytes as 32 lower-case hexadecimal digits
 * @param digest SHA-256 of the salt's bytes followed by the secret's characters, as 64 lower-case
 *     hexadecimal digits
 * @param preview enough of the key to recognize it by, such as {@code pk-7f3…x9Qa}
 * @param createdAtMillis since 1970
 * @param revokedAtMillis since 1970; empty while the key is good
 * @param person whom it was issued for; empty for a key that several share, or a program holds
 */
@StoredIn("control.keys")
public record KeyRecord(
    @DataField(
            value = "id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        KeyId id,
    @DataField(
            value = "organization",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.LIFE_OF_RECORD)
        OrganizationId organization,
    @DataField(
            value = "name",
            category = DataCategory.IDENTITY,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        String name,
    @DataField(
            value = "role",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        Role role,
    @DataField(
            value = "salt",
            category = DataCategory.CREDENTIAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        String salt,
    @DataField(
            value = "digest",
            category = DataCategory.CREDENTIAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD,
            protection = Protection.SALTED_HASH)
        String digest,
    @DataField(
            value = "preview",
            category = DataCategory.CREDENTIAL,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        String preview,
    @DataField(
            value = "created_at",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        long createdAtMillis,
    @DataField(
            value = "revoked_at",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        OptionalLong revokedAtMillis,
    @DataField(
            value = "person",
            category = DataCategory.IDENTITY,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.LIFE_OF_RECORD)
        Optional<String> person) {

  public boolean isRevoked() {
    return revokedAtMillis.isPresent();
  }
}
