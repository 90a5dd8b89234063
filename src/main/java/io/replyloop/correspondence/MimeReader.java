package io.replyloop.correspondence;

import io.replyloop.platform.Sha256;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads a mail as it comes, which is not always as it should. Parts are counted and nest only so deep, texts are read to a
 * limit, and files are not read here at all: of a huge mail only its structure and its words come over the line.
 */
final class MimeReader {
    private static final int MOST_PARTS = 100;
    private static final int DEEPEST = 12;
    /** A logo in a signature is smaller, a picture that somebody has put into a text is larger. */
    private static final int SMALLEST_INLINE = 8 << 10;

    private static final int MOST_REFERENCES = 20;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,300}>");
    private static final Pattern RETURNED_ID = Pattern.compile("(?im)^message-id:\\s*(<[^<>\\s]{1,300}>)");
    private static final Pattern FAILED = Pattern.compile("(?im)^action:\\s*failed(?![A-Za-z])");
    private static final Pattern DIAGNOSIS = Pattern.compile("(?im)^(?:diagnostic-code|status):\\s*(.{1,300})$");
    private static final List<String> ADDRESSED =
            List.of("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To");

    /** Bytes of texts that are still read, of all parts together. */
    private int room;

    private String plain;
    private String html;
    private final List<IncomingMail.File> files = new ArrayList<>();
    private int parts;

    MimeReader(int longestText) {
        room = longestText;
    }

    /** @param reason in the words of the other server */
    record Bounce(String messageId, String reason) {}

    IncomingMail read(MimeMessage mail) throws MessagingException {
        // All at once, and not one by one over the line.
        String headers = String.join("\n", Collections.list(mail.getAllHeaderLines()));
        // It becomes a header of our next mail.
        String id = first(mail, "Message-ID")
                .flatMap(given -> MESSAGE_ID.matcher(given).results().findFirst())
                .map(MatchResult::group)
                .orElseGet(() -> "<" + HexFormat.of().formatHex(Sha256.of(headers)) + "@no-message-id>");
        List<String> recipients = new ArrayList<>();
        for (String name : ADDRESSED) {
            recipients.addAll(headers(mail, name));
        }
        return new IncomingMail(id, recipients, references(mail), from(mail), isAutomatic(mail), () -> contents(mail));
    }

    private IncomingMail.Contents contents(MimeMessage mail) throws IOException {
        try {
            walk(mail, 0, false);
        } catch (MessagingException malformed) {
            throw new IOException(malformed);
        }
        boolean isHtml = (plain == null || plain.isBlank()) && html != null;
        String text = isHtml ? ReplyText.ofHtml(html) : ReplyText.of(plain == null ? "" : plain);
        return new IncomingMail.Contents(storable(text), List.copyOf(files));
    }

    /** A report that a mail of ours did not arrive; empty for anything else. */
    Optional<Bounce> bounce(MimeMessage mail) throws MessagingException, IOException {
        if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof Multipart report)) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < Math.min(report.getCount(), MOST_PARTS); at++) {
            BodyPart part = report.getBodyPart(at);
            if (part.isMimeType("message/*") || part.isMimeType("text/rfc822-headers")) {
                all.append(new String(bytes(part), StandardCharsets.UTF_8)).append('\n');
            }
        }
        if (!FAILED.matcher(all).find()) {
            return Optional.empty();
        }
        String reason = DIAGNOSIS
                .matcher(all)
                .results()
                .map(found -> found.group(1).strip())
                .reduce((one, next) -> next.length() > one.length() ? next : one)
                .orElse("returned");
        return RETURNED_ID
                .matcher(all)
                .results()
                .map(found -> new Bounce(found.group(1), reason))
                .findFirst();
    }

    private void walk(Part part, int depth, boolean related) throws MessagingException, IOException {
        if (++parts > MOST_PARTS || depth > DEEPEST) {
            return;
        }
        if (part.isMimeType("multipart/*")) {
            Multipart several = several(part);
            for (int at = 0; several != null && at < several.getCount(); at++) {
                walk(several.getBodyPart(at), depth + 1, related || part.isMimeType("multipart/related"));
            }
            return;
        }
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(disposition(part)) || fileName(part) != null;
        if (!attached && (part.isMimeType("text/plain") || isOfNoType(part))) {
            plain = plain == null ? text(part) : plain + "\n" + text(part);
        } else if (!attached && part.isMimeType("text/html")) {
            html = html == null ? text(part) : html + "<br>" + text(part);
        } else if (!(related && part.isMimeType("image/*") && part.getSize() < SMALLEST_INLINE)) {
            files.add(new PartFile(part, fileName(part) == null ? "" : fileName(part), part.getSize()));
        }
    }

    /** Null for one that says it has several parts, and has none. */
    private static Multipart several(Part part) throws MessagingException, IOException {
        try {
            if (part.getContent() instanceof Multipart several && several.getCount() > 0) {
                return several;
            }
            return null;
        } catch (ParseException malformed) {
            return null;
        }
    }

    private record PartFile(Part part, String name, int size) implements IncomingMail.File {
        @Override
        public InputStream open() throws IOException {
            try {
                return part.getInputStream();
            } catch (MessagingException failure) {
                throw new IOException(failure);
            }
        }
    }

    private static boolean isOfNoType(Part part) throws MessagingException {
        try {
            new ContentType(part.getContentType());
            return false;
        } catch (ParseException malformed) {
            return true;
        }
    }

    private String text(Part part) throws MessagingException, IOException {
        return decoded(bytes(part), charset(part));
    }

    /** What is longer is left out, not refused: it is a quote nearly always. */
    private byte[] bytes(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            byte[] read = in.readNBytes(room);
            room -= read.length;
            return read;
        }
    }

    private static Optional<String> charset(Part part) throws MessagingException {
        try {
            return Optional.ofNullable(new ContentType(part.getContentType()).getParameter("charset"));
        } catch (ParseException malformed) {
            return Optional.empty();
        }
    }

    /** GB2312 and GBK as their superset, in which programs write that name them; without a name, UTF-8 if it can be. */
    static String decoded(byte[] bytes, Optional<String> name) {
        String wanted = name.map(MimeUtility::javaCharset)
                .map(charset -> charset.toLowerCase(Locale.ROOT))
                .orElse("");
        if (List.of("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc_cn", "euc-cn")
                .contains(wanted)) {
            wanted = "gb18030";
        }
        if (!wanted.isEmpty() && !wanted.equals("us-ascii") && !wanted.equals("iso8859_1")) {
            try {
                return new String(bytes, Charset.forName(wanted));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                // As if none were named.
                wanted = "";
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(bytes, wanted.isEmpty() ? Charset.forName("gb18030") : Charset.forName("windows-1252"));
        }
    }

    private static String disposition(Part part) throws MessagingException {
        try {
            return part.getDisposition();
        } catch (ParseException malformed) {
            return null;
        }
    }

    private static String fileName(Part part) throws MessagingException {
        try {
            String name = part.getFileName();
            return name == null ? null : storable(MimeUtility.decodeText(name));
        } catch (ParseException | UnsupportedEncodingException malformed) {
            return "";
        }
    }

    private static boolean isAutomatic(MimeMessage mail) throws MessagingException {
        boolean says = first(mail, "Auto-Submitted")
                .filter(how -> !how.strip().toLowerCase(Locale.ROOT).startsWith("no"))
                .isPresent();
        boolean bulk = first(mail, "Precedence")
                .filter(how -> how.strip().toLowerCase(Locale.ROOT).matches("bulk|junk|list|auto_reply"))
                .isPresent();
        boolean nobody = first(mail, "Return-Path")
                .filter(path -> path.strip().equals("<>"))
                .isPresent();
        boolean marked = false;
        for (String name : List.of("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe", "X-Loop")) {
            marked |= first(mail, name).isPresent();
        }
        String from = from(mail);
        return says
                || bulk
                || nobody
                || marked
                || mail.isMimeType("multipart/report")
                || from.startsWith("mailer-daemon@")
                || from.startsWith("postmaster@");
    }

    private static String from(MimeMessage mail) throws MessagingException {
        String header = first(mail, "From").orElse("");
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(header, false);
            return addresses.length == 0 || addresses[0].getAddress() == null
                    ? ""
                    : storable(addresses[0].getAddress()).strip().toLowerCase(Locale.ROOT);
        } catch (ParseException malformed) {
            return "";
        }
    }

    private static List<String> references(MimeMessage mail) throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("References", "In-Reply-To")) {
            for (String header : headers(mail, name)) {
                MESSAGE_ID.matcher(header).results().map(MatchResult::group).forEach(ids::add);
            }
        }
        Collections.reverse(ids);
        return ids.stream().distinct().limit(MOST_REFERENCES).toList();
    }

    private static Optional<String> first(MimeMessage mail, String name) throws MessagingException {
        return headers(mail, name).stream().findFirst();
    }

    private static List<String> headers(MimeMessage mail, String name) throws MessagingException {
        String[] values = mail.getHeader(name);
        return values == null ? List.of() : Arrays.asList(values);
    }

    /** What the database and pages can show: no control characters but line breaks and tabs, no halves of characters. */
    private static String storable(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
