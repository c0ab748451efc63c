// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Maps the query parameter {@code app-version} to the endpoint operation's Java parameter, whose
 * name cannot contain a hyphen. This way the endpoint uses the same name as every other part of
 * Schema Guard.
 */
final class AppVersionParameter implements OperationInvokerAdvisor {

  private static final EndpointId MIGRATIONS = EndpointId.of("migrations");

  @Override
  public OperationInvoker apply(
      EndpointId endpointId,
      OperationType operationType,
      OperationParameters parameters,
      OperationInvoker invoker) {
    return endpointId.equals(MIGRATIONS) ? context -> invoker.invoke(renamed(context)) : invoker;
  }

  private static InvocationContext renamed(InvocationContext context) {
    Object version = context.getArguments().get("app-version");
    if (version == null) {
      return context;
    }
    Map<String, Object> arguments = new HashMap<>(context.getArguments());
    arguments.put("appVersion", version);
    return new InvocationContext(context.resolveArgument(SecurityContext.class), arguments);
  }
}
