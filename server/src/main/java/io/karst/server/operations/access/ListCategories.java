package io.karst.server.operations.access;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `ACL CAT`: the categories that rules may name, and the commands of each.
@AutoService(Operation.class)
public final class ListCategories implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        AclCommand.acl(
                "CAT [category]",
                "6.0.0",
                "Lists the categories, or the commands of one.",
                ListCategories::list)
            .complexity("O(1), or O(N) where N is the number of commands"));
  }

  private static Reply list(Session session, Args args) {
    if (args.count() == 2) {
      return new Reply.Array(
          Arrays.stream(Category.values()).map(each -> Reply.bulk(each.redisName())).toList());
    }
    if (args.count() > 3) {
      throw AclCommand.tooManyWords(args);
    }
    Bytes name = args.bytes(2);
    Category category = Category.of(name.utf8());
    if (category == null) {
      throw CommandException.err("Unknown category '" + shown(name) + "'");
    }
    List<Reply> names = new ArrayList<>();
    for (Command command : session.server().commands().declared()) {
      add(names, command, category);
      command.subcommands().forEach(subcommand -> add(names, subcommand, category));
    }
    return new Reply.Array(names);
  }

  private static void add(List<Reply> names, Command command, Category category) {
    if (command.categories().contains(category)) {
      names.add(Reply.bulk(command.fullName()));
    }
  }

  private static String shown(Bytes name) {
    String text = name.slice(0, Math.min(name.length(), 128)).utf8();
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
