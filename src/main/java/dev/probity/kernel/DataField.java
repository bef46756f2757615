package dev.probity.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a stored field, once, on the record component it is stored from. A test fails for a
 * column, a journal field or a metric label without one; the data map and the policy are generated
 * from them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DataField {
  /** The column (or columns) it is stored in. */
  String[] value();

  DataCategory category();

  Purpose purpose();

  DataSubject subject();

  dev.probity.kernel.Retention retention();

  Protection protection() default Protection.ENCRYPTED_FILE;
}
