package io.replyloop.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.ModulusCheckDigit;

/** Chinese resident identity numbers (GB 11643): six digits of the region, a date of birth, three of order, a check digit. */
final class ResidentIds {
    private static final Pattern EIGHTEEN = Pattern.compile(
            "(?<![0-9])[1-9](?:[ ./_-]{0,2}[0-9]){16}[ ./_-]{0,2}(?:[0-9](?![0-9])|[Xx](?![A-Za-z0-9]))");
    private static final int FIRST_YEAR = 1880;
    private static final int LAST_YEAR = 2100;
    private static final ModulusCheckDigit CHECK = new Mod11Two();

    private ResidentIds() {}

    static List<Span> in(String text) {
        List<Span> found = new ArrayList<>();
        Matcher eighteen = EIGHTEEN.matcher(text);
        for (int from = 0; eighteen.find(from); ) {
            boolean id = isId(eighteen.group().replaceAll("[ ./_-]", "").toUpperCase(Locale.ROOT));
            if (id) {
                found.add(new Span(eighteen.start(), eighteen.end(), "id"));
            }
            from = id ? eighteen.end() : eighteen.start() + 1;
        }
        return found;
    }

    static boolean isId(String number) {
        try {
            LocalDate birth = LocalDate.of(
                    Integer.parseInt(number.substring(6, 10)),
                    Integer.parseInt(number.substring(10, 12)),
                    Integer.parseInt(number.substring(12, 14)));
            return birth.getYear() >= FIRST_YEAR && birth.getYear() <= LAST_YEAR && CHECK.isValid(number);
        } catch (DateTimeException noDate) {
            return false;
        }
    }

    /** ISO 7064 MOD 11-2: each place weighs a power of two, and ten is written X. */
    private static final class Mod11Two extends ModulusCheckDigit {
        private static final long serialVersionUID = 1L;
        private static final int MODULUS = 11;

        Mod11Two() {
            super(MODULUS);
        }

        @Override
        protected int weightedValue(int value, int leftPlace, int rightPlace) {
            return value * ((1 << (rightPlace - 1)) % MODULUS);
        }

        @Override
        protected int toInt(char character, int leftPlace, int rightPlace) throws CheckDigitException {
            return rightPlace == 1 && character == 'X' ? 10 : super.toInt(character, leftPlace, rightPlace);
        }

        @Override
        public boolean isValid(String number) {
            try {
                return calculateModulus(number, true) == 1;
            } catch (CheckDigitException noNumber) {
                return false;
            }
        }
    }
}
