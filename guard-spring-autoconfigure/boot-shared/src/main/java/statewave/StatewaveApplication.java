// SPDX-License-Identifier: Apache-2.0
package statewave;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The sample application: everything that it has would fail on a schema that it cannot live with. */
@SpringBootApplication
@EnableScheduling
public class StatewaveApplication {

  public static void main(String[] args) {
    SpringApplication.run(StatewaveApplication.class, args);
  }
}
