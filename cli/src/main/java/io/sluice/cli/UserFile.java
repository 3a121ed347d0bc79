package io.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that the command line names besides manifests; what is wrong with it is said with its name. */
final class UserFile {
    private UserFile() {}

    /** @throws Refusal if it cannot be opened */
    static InputStream open(String file) {
        try {
            return Files.newInputStream(path(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws Refusal if it cannot be read */
    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(path(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws Refusal if it cannot be read or is no text in UTF-8 */
    static List<String> lines(String file) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes)
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            long line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += bytes.get(i) == '\n' ? 1 : 0;
            }
            throw new Refusal(file + ":" + line + ": error: the file is not UTF-8 text (save it as UTF-8)", e);
        }
    }

    /** @throws Refusal if it cannot be written */
    static void write(String file, String text) {
        try {
            Files.writeString(path(file), text);
        } catch (IOException e) {
            throw new Refusal(file + ": error: cannot be written: " + reason(e), e);
        }
    }

    /** @param name under which the user knows it */
    static Refusal unreadable(String name, IOException e) {
        return new Refusal(name + ": error: cannot be read: " + reason(e), e);
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new Refusal(file + ": error: is no path: " + e.getReason(), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
