import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.lora.LearningTask;
import dev.taxon.training.lora.LoraDefaults;
import dev.taxon.training.lora.LoraJob;
import dev.taxon.training.lora.LoraSettings;
import dev.taxon.training.lora.LoraTraining;
import dev.taxon.training.lora.Validation;
import dev.taxon.training.run.RateSchedule;
import dev.taxon.training.run.StopSignal;
import java.nio.file.*;
import java.util.*;

/** Trial of few-shot recipes on tasks cut from training data: FewShot FOLDER sets seeds key=value... */
final class FewShot {
    public static void main(String[] a) throws Exception {
        Path folder = Path.of(a[0]);
        int seeds = Integer.parseInt(a[2]);
        Map<String, String> o = new HashMap<>();
        for (int i = 3; i < a.length; i++) o.put(a[i].split("=")[0], a[i].split("=")[1]);
        int shots = Integer.parseInt(o.getOrDefault("shots", "8"));
        int test = Integer.parseInt(o.getOrDefault("test", "200"));
        try (Checkpoint cp = Checkpoints.open(Path.of(o.getOrDefault("model", "models/taxon-small")));
                Classifier cl = Classifiers.open(cp, EngineOptions.defaults().withPrecision(Precision.BF16))) {
            double z = 0, f = 0; int n = 0; double secs = 0;
            for (String set : a[1].split(",")) {
                List<Example> all = LabelledSets.read(folder.resolve(set + ".jsonl.gz")).examples();
                double zs = 0, fs = 0;
                for (int seed = 0; seed < seeds; seed++) {
                    List<Example> shuffled = new ArrayList<>(all);
                    Collections.shuffle(shuffled, new Random(seed));
                    List<Example> train = new ArrayList<>(), held = new ArrayList<>();
                    Map<String, Integer> per = new HashMap<>();
                    for (Example e : shuffled) {
                        if (e.trueLabels().size() != 1) continue;
                        int c = per.merge(e.trueLabels().get(0), 1, Integer::sum);
                        if (c <= shots) train.add(e); else if (held.size() < test) held.add(e);
                    }
                    LoraSettings d = LoraDefaults.of(train.size(), train.get(0).allLabels().size(), Mode.SINGLE_LABEL, seed);
                    double up = g(o, "up", d.rates().up()), down = g(o, "down", g(o, "up", d.rates().down()));
                    LoraSettings s = new LoraSettings(
                            new LoraSettings.Size((int) g(o, "rank", 16), g(o, "alpha", 32), targets(o, d)),
                            new LoraSettings.Rates(down, up, g(o, "warm", 0.1), RateSchedule.Decay.LINEAR, g(o, "wd", 0.01), g(o, "clip", 1)),
                            new LoraSettings.Loss(-1, g(o, "gamma", 0), g(o, "binary", d.loss().binary()), g(o, "softmax", 1)),
                            new LoraSettings.Schedule((int) g(o, "epochs", d.schedule().epochs()), (int) g(o, "batch", d.schedule().batchRows()), 2048),
                            new LoraSettings.Candidates((int) g(o, "most", 16), g(o, "hard", 0.5), g(o, "none", 0)),
                            new Validation.Skipped(), seed);
                    Path out = Files.createTempDirectory("few");
                    long t = System.nanoTime();
                    new LoraTraining(new LoraJob(LearningTask.of(train, Mode.SINGLE_LABEL), s, null, Optional.empty(), Map.of()), cp,
                            Precision.valueOf(o.getOrDefault("precision", "BF16")), e -> {}, new StopSignal()).run(out, false);
                    double sec = (System.nanoTime() - t) / 1e9;
                    secs += sec;
                    Adapter ad = cl.readAdapter(out.resolve("adapter"));
                    zs += f1(cl, held, null); fs += f1(cl, held, ad);
                }
                System.out.printf(Locale.ROOT, "  %-26s zero %.3f few %.3f%n", set, zs / seeds, fs / seeds);
                z += zs / seeds; f += fs / seeds; n++;
            }
            System.out.printf(Locale.ROOT, "MEAN %s zero %.4f few %.4f  (%.1f s a job)%n", o, z / n, f / n, secs / n / seeds);
        }
    }

    static double g(Map<String, String> o, String k, double d) { return o.containsKey(k) ? Double.parseDouble(o.get(k)) : d; }

    static Set<dev.taxon.training.lora.AdapterTarget> targets(Map<String, String> o, LoraSettings d) {
        if (!o.containsKey("targets")) return d.size().targets();
        Set<dev.taxon.training.lora.AdapterTarget> t = EnumSet.noneOf(dev.taxon.training.lora.AdapterTarget.class);
        for (String s : o.get("targets").split(",")) t.add(dev.taxon.training.lora.AdapterTarget.valueOf(s));
        return t;
    }

    static double f1(Classifier cl, List<Example> held, Adapter ad) {
        List<ClassificationInput> in = held.stream().map(e -> ClassificationInput.of(e.text(), e.allLabels())).map(i -> ad == null ? i : i.withAdapter(ad.reference())).toList();
        List<Classification> out = cl.classify(in);
        List<Judged> j = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) j.add(new Judged(held.get(i).allLabels(), held.get(i).trueLabels(), List.of(((Classification.Scored) out.get(i)).predictions().get(0).label())));
        return Metrics.of(Mode.SINGLE_LABEL, j).macroF1();
    }
}
