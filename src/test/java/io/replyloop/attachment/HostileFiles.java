package io.replyloop.attachment;

import static io.replyloop.attachment.TestFiles.chunk;
import static io.replyloop.attachment.TestFiles.deflated;
import static io.replyloop.attachment.TestFiles.joined;
import static io.replyloop.attachment.TestFiles.pdf;
import static io.replyloop.attachment.TestFiles.picture;
import static io.replyloop.attachment.TestFiles.pngOfSize;
import static io.replyloop.attachment.TestFiles.text;
import static io.replyloop.attachment.TestFiles.zip;
import static io.replyloop.attachment.TestFiles.zipBomb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What somebody who means harm would attach. All of it contains {@link #MARK} where a browser would run it. */
final class HostileFiles {
    static final String MARK = "alert('owned')";
    private static final String SCRIPT = "<script>" + MARK + "</script>";

    /** @param accepted null where it does not matter, as long as nothing runs */
    record Hostile(String name, byte[] contents, Boolean accepted) {}

    private final List<Hostile> files = new ArrayList<>();

    static List<Hostile> all() {
        HostileFiles made = new HostileFiles();
        made.markup();
        made.programs();
        made.twoThingsAtOnce();
        made.archives();
        made.hugePictures();
        made.damaged();
        made.names();
        return made.files;
    }

    private void refused(String name, byte[] contents) {
        files.add(new Hostile(name, contents, false));
    }

    private void accepted(String name, byte[] contents) {
        files.add(new Hostile(name, contents, true));
    }

    private void either(String name, byte[] contents) {
        files.add(new Hostile(name, contents, null));
    }

    private void markup() {
        List<String> pages = List.of(
                "<html><body>" + SCRIPT,
                "<!DOCTYPE html>" + SCRIPT,
                "\uFEFF<html>" + SCRIPT,
                " \r\n\t<html>" + SCRIPT,
                "<svg xmlns='http://www.w3.org/2000/svg' onload=\"" + MARK + "\"/>",
                "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + "</svg>",
                "<?xml-stylesheet href='x.xsl'?><a/>",
                "<!-- -->" + SCRIPT,
                "<IFRAME SRC=\"javascript:" + MARK + "\">",
                "<%eval request('x')%>",
                "</script>" + SCRIPT,
                "<math><mtext></math>" + SCRIPT);
        for (String page : pages) {
            for (String name : List.of("a.png", "photo.jpg.html", "a.svg", "a.txt", "a.pdf")) {
                refused(name, text(page));
            }
        }
    }

    private void programs() {
        refused("setup.exe", joined(text("MZ"), new byte[200]));
        refused("photo.png", joined(text("MZ"), new byte[200]));
        refused("run.txt", joined(new byte[] {0x7F}, text("ELF"), new byte[100]));
        refused("a.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0});
        refused("a.doc", joined(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, new byte[500]));
        refused("a.lnk", joined(new byte[] {0x4C, 0, 0, 0}, new byte[100]));
        refused("a.bmp", joined(text("BM"), new byte[100]));
        refused("a.tiff", joined(text("II*"), new byte[100]));
        refused("a.7z", joined(text("7z"), new byte[] {(byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0}));
        refused("a.rar", joined(text("Rar!"), new byte[] {0x1A, 7, 0}));
        refused("a.gz", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0});
        refused(
                "utf16.txt",
                joined(new byte[] {(byte) 0xFF, (byte) 0xFE}, "<script>".getBytes(StandardCharsets.UTF_16LE)));
        refused("empty.png", new byte[0]);
        refused("blank.txt", text("  \n \t "));
        accepted("run.sh", text("#!/bin/sh\nrm -rf /\n"));
        accepted("a.js", text(MARK));
        accepted("a.html", text("Hello " + SCRIPT));
        accepted("a.csv", text("=cmd|' /C calc'!A0," + SCRIPT));
        accepted("a.url", text("[InternetShortcut]\nURL=javascript:" + MARK));
    }

    private void twoThingsAtOnce() {
        byte[] tail = text(SCRIPT);
        for (String format : List.of("png", "jpeg", "gif")) {
            accepted("a." + format + ".html", joined(picture(format, 40, 30), tail));
            accepted("a.html", joined(picture(format, 40, 30), zip("evil.js", MARK)));
        }
        either("a.html", joined(text("GIF89a/*<svg onload=" + MARK + ">*/=1;"), tail));
        either("a.html", joined(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}, tail));
        either("a.html", joined(text("RIFF    WEBPVP8 "), tail));
        either("a.png", joined(Arrays.copyOf(picture("png", 9, 9), 8), tail));
        either("a.html", pdf("<< /OpenAction << /S /JavaScript /JS (" + MARK + ") >> >>" + SCRIPT));
        byte[] comment = chunk("tEXt", joined(text("Comment\0"), tail));
        either("a.html", pngOfSize(1, 1, comment));
    }

    private void archives() {
        refused("bomb.zip", zipBomb("zeros", 20));
        either("bomb.docx", joined(zip("[Content_Types].xml", "<a/>", "word/document.xml", "<a/>")));
        refused("a.docm", zip("[Content_Types].xml", "<a/>", "word/document.xml", "<a/>", "word/vbaProject.bin", "x"));
        refused("a.docx", zip("[Content_Types].xml", "<a/>", "word/document.xml", "<a/>", "word/VBAPROJECT.BIN", "x"));
        refused("a.odt", zip("mimetype", FileKind.ODT.mediaType(), "Basic/Standard/Module1.xml", MARK));
        refused("a.odt", zip("mimetype", FileKind.ODT.mediaType(), "Scripts/python/evil.py", MARK));
        refused("a.odt", zip("mimetype", "text/html"));
        refused("a.odt", zip("mimetype", "application/vnd.oasis.opendocument.text<script>"));
        refused("a.jar", zip("META-INF/MANIFEST.MF", "Main-Class: Evil", "Evil.class", "x"));
        refused("a.zip", zip("../../../etc/cron.d/evil", "x", "C:\\Windows\\evil.dll", "x"));
        refused("a.zip", joined(new byte[] {'P', 'K', 3, 4}, new byte[4_000]));
        refused("a.docx", Arrays.copyOf(zip("[Content_Types].xml", "<a/>", "word/document.xml", "<a/>"), 60));
        refused("mimetype.odt", zipBomb("mimetype", 20));
        String[] many = new String[4_000];
        for (int index = 0; index < many.length; index++) {
            many[index] = index % 2 == 0 ? "f" + index : "";
        }
        refused("many.zip", zip(many));
    }

    private void hugePictures() {
        for (int[] size : new int[][] {
            {100_000, 100_000},
            {Integer.MAX_VALUE, Integer.MAX_VALUE},
            {-1, -1},
            {0, 0},
            {60_000, 1},
            {1, 60_000},
            {7_000, 7_000}
        }) {
            accepted("huge.png", pngOfSize(size[0], size[1]));
        }
        byte[] bomb = deflated(new byte[0], 60);
        accepted("ztxt.png", pngOfSize(4, 4, chunk("zTXt", joined(text("a\0\0"), bomb))));
        accepted(
                "itxt.png", pngOfSize(4, 4, chunk("iTXt", joined(text("a\0"), new byte[] {1, 0}, text("\0\0"), bomb))));
        accepted("iccp.png", pngOfSize(4, 4, chunk("iCCP", joined(text("a\0\0"), bomb))));
        byte[] gif = picture("gif", 8, 8);
        for (int index = 6; index < 10; index++) {
            gif[index] = (byte) 0xFF;
        }
        accepted("huge.gif", gif);
        byte[] frame = picture("gif", 8, 8);
        Arrays.fill(frame, frame.length - 20, frame.length - 1, (byte) 0xFF);
        accepted("frame.gif", frame);
        byte[] jpeg = picture("jpeg", 8, 8);
        for (int index = 0; index < jpeg.length - 9; index++) {
            if ((jpeg[index] & 0xFF) == 0xFF && (jpeg[index + 1] & 0xFF) == 0xC0) {
                Arrays.fill(jpeg, index + 5, index + 9, (byte) 0xFF);
            }
        }
        accepted("huge.jpg", jpeg);
        accepted("wide.png", picture("png", 8_000, 10));
    }

    private void damaged() {
        List<byte[]> whole = List.of(
                picture("png", 64, 48),
                TestFiles.photo(64, 48, 6),
                picture("gif", 64, 48),
                TestFiles.webp(),
                pdf("1 0 obj"),
                zip("[Content_Types].xml", "<a/>", "xl/workbook.xml", "<a/>"));
        Random random = new Random(7);
        for (byte[] one : whole) {
            for (int tenth = 1; tenth < 10; tenth += 2) {
                either("cut.bin", Arrays.copyOf(one, Math.max(1, one.length * tenth / 10)));
            }
            for (int round = 0; round < 9; round++) {
                byte[] flipped = one.clone();
                for (int times = 0; times < 1 + flipped.length / 40; times++) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                either("flipped.bin", flipped);
            }
        }
        for (int round = 0; round < 5; round++) {
            byte[] noise = new byte[3_000];
            random.nextBytes(noise);
            refused("noise.png", noise);
        }
    }

    private void names() {
        byte[] picture = picture("png", 10, 10);
        for (String name : List.of(
                "../../../../etc/passwd",
                "..\\..\\windows\\system32\\evil.exe",
                "/etc/passwd",
                "a.png\r\nContent-Type: text/html\r\n\r\n" + SCRIPT,
                "a\u202Egnp.exe",
                "a\".png; filename=\"evil.html",
                "%2e%2e%2fevil.png",
                "evil.png.html",
                "evil.svg",
                "CON",
                ".htaccess",
                "....",
                SCRIPT + ".png",
                "x".repeat(900) + ".exe",
                "😀".repeat(80) + ".png")) {
            accepted(name, picture);
        }
    }
}
