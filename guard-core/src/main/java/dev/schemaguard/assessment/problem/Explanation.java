// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import java.util.List;

/**
 * What is wrong and what to do, without the parts that all problems have in common.
 *
 * @param code the stable code
 * @param title the problem in a few words
 * @param why the cause, with the names that matter
 * @param actions what to do, the first choice first; never empty
 */
record Explanation(String code, String title, String why, List<String> actions) {

  Explanation(String code, String title, String why, String... actions) {
    this(code, title, why, List.of(actions));
  }
}
