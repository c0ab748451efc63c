// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that runs where Alembic is installed, and fails without it where CI is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.schemaguard.testing.AlembicRun#isInstalled",
    disabledReason = "alembic is not installed; Debian has it in alembic and python3-psycopg2")
public @interface RequiresAlembic {}
