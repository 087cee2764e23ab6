package io.karst.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.LogFormat;
import io.karst.server.config.LogLevel;
import io.karst.server.config.ProcessDirectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/// Lets the log follow the configuration: `logfile` once, `loglevel` at all times.
public final class Logs {
  private Logs() {}

  /// - throws [ConfigException] if the file cannot be written.
  public static void follow(Config config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    String file = config.value(ProcessDirectives.LOGFILE);
    LogFormat format = config.value(ProcessDirectives.LOG_FORMAT);
    if (!file.isEmpty()) {
      toFile(context, root, file, format);
    } else if (format != LogFormat.TEXT) {
      replace(root, LogSetup.console(context, encoder(context, format)));
    }
    config.follow(ProcessDirectives.LOGLEVEL, level -> apply(context, root, level));
  }

  /// The libraries' own messages below a warning are only for who asks for everything.
  private static void apply(LoggerContext context, Logger root, LogLevel level) {
    Level own =
        switch (level) {
          case DEBUG -> Level.TRACE;
          case VERBOSE -> Level.DEBUG;
          case NOTICE -> Level.INFO;
          case WARNING -> Level.WARN;
          case NOTHING -> Level.OFF;
        };
    root.setLevel(own);
    boolean everything = level == LogLevel.DEBUG;
    Level usual = own == Level.OFF ? Level.OFF : Level.WARN;
    Level theirs = everything ? Level.DEBUG : usual;
    LogSetup.LIBRARIES.forEach(each -> context.getLogger(each).setLevel(theirs));
  }

  private static void toFile(LoggerContext context, Logger root, String file, LogFormat format) {
    try {
      Files.newByteChannel(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
          .close();
    } catch (IOException e) {
      throw new ConfigException("logfile: cannot write " + file + ": " + e);
    }
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file);
    appender.setEncoder(encoder(context, format));
    appender.start();
    replace(root, appender);
  }

  private static void replace(Logger root, Appender<ILoggingEvent> appender) {
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> new LineEncoder();
          case JSON -> new JsonEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
