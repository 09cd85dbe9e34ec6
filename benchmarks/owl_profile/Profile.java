/*
 * Says which OWL 2 profiles the ontologies in the files given hold to, and each violation of OWL 2 DL.
 *
 *   java -cp '/usr/share/java/*' Profile.java FILE [FILE …]      (Debian: apt install default-jdk-headless libowlapi-java)
 *
 * The files are taken together, as one ontology. Standard output: a line "PROFILE<TAB>violations" each, then "DL<TAB>kind<TAB>what" a line.
 * Imports are not followed: nothing is fetched.
 */

import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

public class Profile {
    public static void main(String[] files) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        OWLOntologyLoaderConfiguration offline =
            new OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        OWLOntology all = manager.createOntology();
        for (String file : files) {
            OWLOntology one = manager.loadOntologyFromOntologyDocument(new FileDocumentSource(new File(file)), offline);
            one.axioms().forEach(axiom -> manager.addAxiom(all, axiom));
            System.out.println("axioms\t" + file + "\t" + one.getAxiomCount());
            if (files.length == 1) {
                report(one);
            }
        }
        if (files.length > 1) {
            report(all);
        }
    }

    private static void report(OWLOntology ontology) {
        for (Profiles profile : new Profiles[] {Profiles.OWL2_DL, Profiles.OWL2_RL, Profiles.OWL2_EL, Profiles.OWL2_QL}) {
            OWLProfileReport report = profile.checkOntology(ontology);
            System.out.println(profile.name() + "\t" + report.getViolations().size());
            if (profile == Profiles.OWL2_DL) {
                for (OWLProfileViolation violation : report.getViolations()) {
                    String what = violation.toString().replaceAll("\\s+", " ");
                    System.out.println("DL\t" + violation.getClass().getSimpleName() + "\t" + what);
                }
            }
        }
    }
}
