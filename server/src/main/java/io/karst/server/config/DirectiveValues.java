package io.karst.server.config;

/// The values of all directives at one moment: those in force, or those that are about to be.
public interface DirectiveValues {
  <T> T value(Directive<T> directive);
}
