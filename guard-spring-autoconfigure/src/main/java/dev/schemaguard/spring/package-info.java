// SPDX-License-Identifier: Apache-2.0
/**
 * Schema Guard for Spring Boot 3.5 and 4: the guard as beans, the start-up check in its place among
 * whatever initialises the database, and the same status for actuator, health, info and metrics.
 */
@NullMarked
package dev.schemaguard.spring;

import org.jspecify.annotations.NullMarked;
