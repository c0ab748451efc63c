// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that runs where Chromium is installed, and fails without it where CI is set. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.schemaguard.servlet.browser.Chromium#isInstalled",
    disabledReason = "there is no /usr/bin/chromium; Debian has it in chromium")
@interface RequiresChromium {}
