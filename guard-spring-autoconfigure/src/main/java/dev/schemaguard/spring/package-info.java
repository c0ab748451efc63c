// SPDX-License-Identifier: Apache-2.0
/**
 * Schema Guard for Spring Boot 3.5 and 4: the guards as beans, the startup check in order with
 * other database initialisers, and the status for actuator, health, info and metrics.
 */
@NullMarked
package dev.schemaguard.spring;

import org.jspecify.annotations.NullMarked;
