package io.replyloop.bert.training;

import java.util.Map;

/**
 * GPT-2 and XLNet as their papers write them, one number after the other in doubles, for comparison: nothing is batched,
 * packed, shifted or left out.
 */
record PlainNetworks(Map<String, double[]> weights, int layers, int heads, int width) {

    double[] gpt2(int[] ids) {
        double[] words = weights.get("transformer.wte.weight");
        double[] positions = weights.get("transformer.wpe.weight");
        double[][] x = new double[ids.length][width];
        for (int i = 0; i < ids.length; i++) {
            for (int c = 0; c < width; c++) {
                x[i][c] = words[ids[i] * width + c] + positions[i * width + c];
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            String l = "transformer.h." + layer + ".";
            double[][] all = storedInOut(normed(x, l + "ln_1", 1e-5), l + "attn.c_attn");
            double[][] mixed = new double[ids.length][width];
            for (int head = 0; head < heads; head++) {
                int from = head * width / heads;
                int to = (head + 1) * width / heads;
                for (int i = 0; i < ids.length; i++) {
                    double[] scores = new double[i + 1];
                    for (int j = 0; j <= i; j++) {
                        for (int c = from; c < to; c++) {
                            scores[j] += all[i][c] * all[j][width + c] / Math.sqrt((double) width / heads);
                        }
                    }
                    softmax(scores);
                    for (int j = 0; j <= i; j++) {
                        for (int c = from; c < to; c++) {
                            mixed[i][c] += scores[j] * all[j][2 * width + c];
                        }
                    }
                }
            }
            x = sum(x, storedInOut(mixed, l + "attn.c_proj"));
            double[][] inner = storedInOut(normed(x, l + "ln_2", 1e-5), l + "mlp.c_fc");
            for (double[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    double cube = row[c] + 0.044715 * row[c] * row[c] * row[c];
                    row[c] *= 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * cube));
                }
            }
            x = sum(x, storedInOut(inner, l + "mlp.c_proj"));
        }
        double[][] last = {normed(x, "transformer.ln_f", 1e-5)[ids.length - 1]};
        return storedOutIn(last, "score")[0];
    }

    double[] xlnet(int[] ids, byte[] segments) {
        double[] words = weights.get("transformer.word_embedding.weight");
        double[][] x = new double[ids.length][width];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(words, ids[i] * width, x[i], 0, width);
        }
        for (int layer = 0; layer < layers; layer++) {
            String l = "transformer.layer." + layer + ".";
            double[][] mixed = relative(x, segments, l + "rel_attn.");
            double[] out = weights.get(l + "rel_attn.o");
            double[][] attended = new double[ids.length][width];
            for (int i = 0; i < ids.length; i++) {
                for (int c = 0; c < width; c++) {
                    for (int k = 0; k < width; k++) {
                        attended[i][c] += mixed[i][k] * out[c * width + k];
                    }
                }
            }
            x = normed(sum(x, attended), l + "rel_attn.layer_norm", 1e-12);
            double[][] inner = storedOutIn(x, l + "ff.layer_1");
            for (double[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] *= normal(row[c]);
                }
            }
            x = normed(sum(x, storedOutIn(inner, l + "ff.layer_2")), l + "ff.layer_norm", 1e-12);
        }
        double[][] summary = storedOutIn(new double[][] {x[ids.length - 1]}, "sequence_summary.summary");
        for (int c = 0; c < width; c++) {
            summary[0][c] = Math.tanh(summary[0][c]);
        }
        return storedOutIn(summary, "logits_proj")[0];
    }

    /** Transformer-XL's score of two tokens: content, place and segment, each with a bias of its own. */
    private double[][] relative(double[][] x, byte[] segments, String l) {
        int length = x.length;
        int each = width / heads;
        double[][] q = times(x, weights.get(l + "q"));
        double[][] k = times(x, weights.get(l + "k"));
        double[][] v = times(x, weights.get(l + "v"));
        double[][] waves = new double[2 * length - 1][width];
        for (int d = 0; d < waves.length; d++) {
            for (int c = 0; c < width / 2; c++) {
                double angle = (d - length + 1) * Math.pow(10_000, -2.0 * c / width);
                waves[d][c] = Math.sin(angle);
                waves[d][width / 2 + c] = Math.cos(angle);
            }
        }
        double[][] r = times(waves, weights.get(l + "r"));
        double[] byWord = weights.get(l + "r_w_bias");
        double[] byPlace = weights.get(l + "r_r_bias");
        double[] bySegment = weights.get(l + "r_s_bias");
        double[] kinship = weights.get(l + "seg_embed");
        double[][] mixed = new double[length][width];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < length; i++) {
                double[] scores = new double[length];
                for (int j = 0; j < length; j++) {
                    int other = segments[i] == segments[j] ? 0 : width;
                    for (int c = head * each; c < (head + 1) * each; c++) {
                        scores[j] += ((q[i][c] + byWord[c]) * k[j][c]
                                        + (q[i][c] + byPlace[c]) * r[i - j + length - 1][c]
                                        + (q[i][c] + bySegment[c]) * kinship[other + c])
                                / Math.sqrt(each);
                    }
                }
                softmax(scores);
                for (int j = 0; j < length; j++) {
                    for (int c = head * each; c < (head + 1) * each; c++) {
                        mixed[i][c] += scores[j] * v[j][c];
                    }
                }
            }
        }
        return mixed;
    }

    private double[][] storedInOut(double[][] x, String name) {
        return plus(times(x, weights.get(name + ".weight")), weights.get(name + ".bias"));
    }

    private double[][] storedOutIn(double[][] x, String name) {
        double[] weight = weights.get(name + ".weight");
        int in = x[0].length;
        int out = weight.length / in;
        double[] turned = new double[weight.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                turned[i * out + o] = weight[o * in + i];
            }
        }
        return plus(times(x, turned), weights.get(name + ".bias"));
    }

    private static double[][] times(double[][] x, double[] inOut) {
        int out = inOut.length / x[0].length;
        double[][] y = new double[x.length][out];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < x[i].length; k++) {
                for (int o = 0; o < out; o++) {
                    y[i][o] += x[i][k] * inOut[k * out + o];
                }
            }
        }
        return y;
    }

    private static double[][] plus(double[][] x, double[] bias) {
        for (double[] row : x) {
            for (int c = 0; bias != null && c < row.length; c++) {
                row[c] += bias[c];
            }
        }
        return x;
    }

    private static double[][] sum(double[][] x, double[][] y) {
        double[][] sum = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int c = 0; c < x[i].length; c++) {
                sum[i][c] = x[i][c] + y[i][c];
            }
        }
        return sum;
    }

    private double[][] normed(double[][] x, String name, double epsilon) {
        double[] weight = weights.get(name + ".weight");
        double[] bias = weights.get(name + ".bias");
        double[][] y = new double[x.length][width];
        for (int i = 0; i < x.length; i++) {
            double mean = 0;
            double square = 0;
            for (double value : x[i]) {
                mean += value / width;
            }
            for (double value : x[i]) {
                square += (value - mean) * (value - mean) / width;
            }
            for (int c = 0; c < width; c++) {
                y[i][c] = (x[i][c] - mean) / Math.sqrt(square + epsilon) * weight[c] + bias[c];
            }
        }
        return y;
    }

    private static void softmax(double[] scores) {
        double total = 0;
        for (int j = 0; j < scores.length; j++) {
            scores[j] = Math.exp(scores[j]);
            total += scores[j];
        }
        for (int j = 0; j < scores.length; j++) {
            scores[j] /= total;
        }
    }

    /** The normal distribution up to x, by its series around zero (Marsaglia 2004). */
    private static double normal(double x) {
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
