"""What the cells of made-up registers hold: three activities in each language."""

# By what a column is meant for.
VALUES: dict[str, dict[str, tuple[str, str, str]]] = {
    "name": {
        "nl": ("Personeelsadministratie", "Bezoekersregistratie", "Nieuwsbrief versturen"),
        "fr": (
            "Gestion du personnel",
            "Registre des visiteurs",
            "Envoi de la lettre d'information",
        ),
        "de": ("Personalverwaltung", "Besucherverzeichnis", "Versand des Rundbriefs"),
        "en": ("Staff administration", "Register of visitors", "Sending the newsletter"),
    },
    "reference": dict.fromkeys(("nl", "fr", "de", "en"), ("1.10", "1.20", "2.1")),
    "summary": {
        "nl": (
            "We beheren de dossiers van het personeel.",
            "We noteren wie het gebouw binnenkomt.",
            "We sturen nieuws aan wie zich inschrijft.",
        ),
        "fr": (
            "Nous gérons les dossiers du personnel.",
            "Nous notons qui entre dans le bâtiment.",
            "Nous envoyons des nouvelles aux abonnés.",
        ),
        "de": (
            "Wir verwalten die Akten des Personals.",
            "Wir notieren, wer das Gebäude betritt.",
            "Wir senden Nachrichten an die Abonnenten.",
        ),
        "en": (
            "We keep the files of the staff.",
            "We note who enters the building.",
            "We send news to those who subscribe.",
        ),
    },
    "purposes.description": {
        "nl": (
            "De wedden berekenen en uitbetalen",
            "De gebouwen beveiligen",
            "Het publiek informeren",
        ),
        "fr": (
            "Calculer et payer les traitements",
            "Sécuriser les bâtiments",
            "Informer le public",
        ),
        "de": (
            "Gehälter berechnen und auszahlen",
            "Die Gebäude sichern",
            "Die Öffentlichkeit informieren",
        ),
        "en": ("Calculate and pay the salaries", "Secure the buildings", "Inform the public"),
    },
    "purposes.category": {
        "nl": ("Beheer van het personeel en de tussenpersonen", "Beveiliging", "Public relations"),
        "fr": ("Gestion du personnel et des intermédiaires", "Sécurité", "Relations publiques"),
        "de": ("A1_02", "A7_01", "A4_01"),
        "en": ("A1_02", "Security", "Public relations"),
    },
    "purposes.legal_basis": {
        "nl": ("Wettelijke verplichting", "Art. 6, lid 1, e) AVG", "Toestemming van de betrokkene"),
        "fr": ("L'obligation légale", "Art. 6.1.e RGPD", "Le consentement"),
        "de": ("Gesetzliche Verpflichtung", "Art. 6 Abs. 1 lit. e DSGVO", "Einwilligung"),
        "en": ("Legal obligation", "Article 6(1)(e) - public task", "Consent"),
    },
    "purposes.special_condition": {
        "nl": ("Art. 9, lid 2, b)", "n.v.t.", "n.v.t."),
        "fr": ("Art. 9.2.b", "néant", "s.o."),
        "de": ("Art. 9 Abs. 2 lit. b", "entfällt", "-"),
        "en": ("Article 9(2)(b)", "N/A", "n/a"),
    },
    "purposes.law_title": {
        "nl": ("Wet van 3 juli 1978", "Wet van 21 maart 2007", "/"),
        "fr": ("Loi du 3 juillet 1978", "Loi du 21 mars 2007", "/"),
        "de": ("Gesetz vom 3. Juli 1978", "Gesetz vom 21. März 2007", "/"),
        "en": ("Act of 3 July 1978", "Act of 21 March 2007", "/"),
    },
    "purposes.legitimate_interest": {
        "nl": ("n.v.t.", "n.v.t.", "-"),
        "fr": ("sans objet", "n/a", "-"),
        "de": ("entfällt", "k.A.", "-"),
        "en": ("N/A", "N/A", "-"),
    },
    "data_subjects": {
        "nl": ("Personeel", "Bezoekers; Personeel", "Burgers"),
        "fr": ("Membres du personnel", "Visiteurs; Personnel", "Citoyens"),
        "de": ("Mitarbeiter", "Besucher; Personal", "Bürger"),
        "en": ("Staff", "Visitors; Staff", "Citizens"),
    },
    "data.category": {
        "nl": ("Contactgegevens; Rijksregisternummer", "Identificatiegegevens", "E-mailadres"),
        "fr": ("Coordonnées; Numéro national", "Données d'identification", "Adresse e-mail"),
        "de": ("Kontaktdaten; Nationalregisternummer", "Identifikationsdaten", "E-Mail-Adresse"),
        "en": ("Contact details; National register number", "Identification data", "Email address"),
    },
    "data.detail": {
        "nl": ("Naam, adres", "Naam", "E-mailadres"),
        "fr": ("Nom, adresse", "Nom", "Adresse e-mail"),
        "de": ("Name, Adresse", "Name", "E-Mail-Adresse"),
        "en": ("Name, address", "Name", "Email address"),
    },
    "data.retention": {
        "nl": ("10 jaar na de uitdiensttreding", "30 dagen", "Tot de uitschrijving"),
        "fr": ("10 ans après la fin du contrat", "30 jours", "Jusqu'à la désinscription"),
        "de": ("10 Jahre nach dem Ausscheiden", "30 Tage", "Bis zur Abmeldung"),
        "en": ("10 years after leaving", "30 days", "Until people unsubscribe"),
    },
    "data.retention_after": {
        "nl": ("Vernietiging", "Vernietiging", "Overdracht aan het Rijksarchief"),
        "fr": ("Destruction", "Suppression", "Versement aux archives"),
        "de": ("Vernichtung", "Löschung", "Archivierung"),
        "en": ("Destruction", "Deletion", "Archiving"),
    },
    "data.is_mandatory": {
        "nl": ("Ja", "Nee", "Ja"),
        "fr": ("Oui", "Non", "Oui"),
        "de": ("Ja", "Nein", "Ja"),
        "en": ("Yes", "No", "Yes"),
    },
    "recipients.name": {
        "nl": ("FOD Financiën", "Bewaking Voorbeeld NV", "Geen"),
        "fr": ("SPF Finances", "Gardiennage Exemple SA", "Aucun"),
        "de": ("FÖD Finanzen", "Wachdienst Beispiel AG", "Keine"),
        "en": ("FPS Finance", "Guards Example Ltd", "None"),
    },
    "recipients.category": {
        "nl": ("Overheidsdiensten", "Gerecht en politiediensten", "Geen"),
        "fr": ("Services publics", "Justice et services de police", "Aucun"),
        "de": ("Öffentliche Dienste", "Justiz und Polizeidienste", "Keine"),
        "en": ("Public services", "Judiciary and police services", "None"),
    },
    "recipients.what": {
        "nl": ("Loongegevens voor de belasting", "Namen van bezoekers", "n.v.t."),
        "fr": ("Données salariales pour l'impôt", "Noms des visiteurs", "s.o."),
        "de": ("Lohndaten für die Steuer", "Namen der Besucher", "entfällt"),
        "en": ("Pay data for the tax", "Names of visitors", "n/a"),
    },
    "recipients.authorisation": dict.fromkeys(
        ("nl", "fr", "de", "en"), ("RR 12/2019", "RR 3/2020", "-")
    ),
    "processors.name": {
        "nl": ("Sociaal secretariaat Voorbeeld", "Receptie Voorbeeld NV", "Mailbedrijf Voorbeeld"),
        "fr": ("Secrétariat social Exemple", "Accueil Exemple SA", "Mailing Exemple"),
        "de": ("Sozialsekretariat Beispiel", "Empfang Beispiel AG", "Mailing Beispiel"),
        "en": ("Payroll Example", "Reception Example Ltd", "Mailing Example"),
    },
    "processors.contract_reference": dict.fromkeys(
        ("nl", "fr", "de", "en"), ("C-2020-1", "C-2020-2", "C-2021-9")
    ),
    "joint_controllers.name": {
        "nl": ("FOD BOSA", "n.v.t.", "n.v.t."),
        "fr": ("SPF BOSA", "néant", "néant"),
        "de": ("FÖD BOSA", "entfällt", "entfällt"),
        "en": ("FPS BOSA", "N/A", "N/A"),
    },
    "joint_controllers.arrangement": {
        "nl": ("De FOD antwoordt de burger", "-", "-"),
        "fr": ("Le SPF répond au citoyen", "-", "-"),
        "de": ("Der FÖD antwortet dem Bürger", "-", "-"),
        "en": ("The FPS answers citizens", "-", "-"),
    },
    "transfers.country": {
        "nl": ("Geen", "Nee", "Verenigde Staten"),
        "fr": ("Non", "Aucun", "États-Unis"),
        "de": ("Nein", "Keine", "Vereinigte Staaten"),
        "en": ("None", "No", "United States"),
    },
    "transfers.mechanism": {
        "nl": ("n.v.t.", "-", "Adequaatheidsbesluit"),
        "fr": ("s.o.", "-", "Décision d'adéquation"),
        "de": ("entfällt", "-", "Angemessenheitsbeschluss"),
        "en": ("n/a", "-", "Adequacy decision"),
    },
    "transfers.safeguards": {
        "nl": ("n.v.t.", "-", "Adequaatheidsbesluit voor de Verenigde Staten"),
        "fr": ("s.o.", "-", "Décision d'adéquation pour les États-Unis"),
        "de": ("entfällt", "-", "Angemessenheitsbeschluss für die Vereinigten Staaten"),
        "en": ("n/a", "-", "Adequacy decision for the United States"),
    },
    "transfers.url": dict.fromkeys(
        ("nl", "fr", "de", "en"), ("-", "-", "https://example.org/safeguards")
    ),
    "security": {
        "nl": ("Toegang op basis van de functie", "Gesloten kasten", "Versleutelde opslag"),
        "fr": ("Accès selon la fonction", "Armoires fermées", "Stockage chiffré"),
        "de": ("Zugang nach Funktion", "Verschlossene Schränke", "Verschlüsselte Ablage"),
        "en": ("Access by function", "Locked cabinets", "Encrypted storage"),
    },
    "security_measures": {
        "nl": ("Toegangscontrole; Back-ups", "Fysieke beveiliging", "Versleuteling"),
        "fr": ("Contrôle d'accès; Sauvegardes", "Sécurité physique", "Chiffrement"),
        "de": ("Zugriffskontrolle; Backups", "Physische Sicherheit", "Verschlüsselung"),
        "en": ("Access control; Backups", "Physical security", "Encryption"),
    },
    "detailed_measures": {
        "nl": ("Firewallregels per VLAN", "Cilinders van type 3", "Sleutels in kluis 2"),
        "fr": ("Règles par VLAN", "Cylindres de type 3", "Clés au coffre 2"),
        "de": ("Regeln je VLAN", "Zylinder vom Typ 3", "Schlüssel im Tresor 2"),
        "en": ("Firewall rules by VLAN", "Cylinders of type 3", "Keys in safe 2"),
    },
    "source_detail": {
        "nl": ("De betrokkene", "De betrokkene zelf", "Rijksregister"),
        "fr": ("La personne concernée", "La personne elle-même", "Registre national"),
        "de": ("Die betroffene Person", "Die Person selbst", "Nationalregister"),
        "en": ("The data subject", "The person", "National Register"),
    },
    "automated_decisions": {
        "nl": ("Nee", "Nee", "Nee"),
        "fr": ("Non", "Non", "Non"),
        "de": ("Nein", "Nein", "Nein"),
        "en": ("No", "No", "No"),
    },
    "automated_logic": dict.fromkeys(("nl", "fr", "de", "en"), ("-", "-", "-")),
    "automated_consequences": dict.fromkeys(("nl", "fr", "de", "en"), ("-", "-", "-")),
    "processing_types": {
        "nl": ("Gewone verwerking", "Gewone verwerking", "Gewone verwerking"),
        "fr": ("Traitement ordinaire", "Traitement ordinaire", "Traitement ordinaire"),
        "de": ("Gewöhnliche Verarbeitung",) * 3,
        "en": ("Normal", "Normal", "Normal"),
    },
    "vulnerable_people": {
        "nl": ("Nee", "Nee", "Ja"),
        "fr": ("Non", "Non", "Oui"),
        "de": ("Nein", "Nein", "Ja"),
        "en": ("No", "No", "Yes"),
    },
    "themes": {
        "nl": ("Werk", "Werk", "Cultuur en sport"),
        "fr": ("Emploi", "Emploi", "Culture et sport"),
        "de": ("Arbeit", "Arbeit", "Kultur und Sport"),
        "en": ("Work", "Work", "Culture and sport"),
    },
    "dpia_done": {
        "nl": ("Ja", "Nee", "Niet nodig"),
        "fr": ("Oui", "Non", "Non requise"),
        "de": ("Ja", "Nein", "Nicht erforderlich"),
        "en": ("Completed", "Not started", "Not required"),
    },
    "dpia_summary": {
        "nl": ("Het risico is aanvaardbaar", "Weinig risico", "Weinig risico"),
        "fr": ("Le risque est acceptable", "Peu de risque", "Peu de risque"),
        "de": ("Das Risiko ist vertretbar", "Wenig Risiko", "Wenig Risiko"),
        "en": ("The risk is acceptable", "Little risk", "Little risk"),
    },
    "starts_on": {
        "nl": ("01/05/2019", "4 januari 2021", "25/05/2018"),
        "fr": ("01/05/2019", "4 janvier 2021", "25/05/2018"),
        "de": ("01.05.2019", "4. Januar 2021", "25.05.2018"),
        "en": ("2019-05-01", "4 January 2021", "25/05/2018"),
    },
    "ends_on": dict.fromkeys(("nl", "fr", "de", "en"), ("31/12/2030", "-", "-")),
    "review_due_on": dict.fromkeys(("nl", "fr", "de", "en"), ("01/05/2027", "01/06/2027", "-")),
    "replaced_by": dict.fromkeys(("nl", "fr", "de", "en"), ("-", "-", "-")),
    "rights_procedure": {
        "nl": (
            "Schrijf naar de personeelsdienst",
            "Vraag het aan het onthaal",
            "Klik op uitschrijven",
        ),
        "fr": (
            "Écrivez au service du personnel",
            "Demandez à l'accueil",
            "Cliquez sur désinscrire",
        ),
        "de": (
            "Schreiben Sie dem Personaldienst",
            "Fragen Sie am Empfang",
            "Klicken Sie auf Abmelden",
        ),
        "en": ("Write to the staff department", "Ask at the reception", "Click on unsubscribe"),
    },
    "owner": {
        "nl": ("Dienst P&O", "Logistiek", "Communicatie"),
        "fr": ("Service P&O", "Logistique", "Communication"),
        "de": ("Dienst P&O", "Logistik", "Kommunikation"),
        "en": ("HR department", "Logistics", "Communication"),
    },
    "system": dict.fromkeys(("nl", "fr", "de", "en"), ("SAP HR", "Visitor 3000", "Mailer")),
    "remarks": {
        "nl": ("Na te kijken met Jan", "Contract loopt af", "Zie dossier 12"),
        "fr": ("À revoir avec Jean", "Contrat à échéance", "Voir dossier 12"),
        "de": ("Mit Hans zu klären", "Vertrag läuft aus", "Siehe Akte 12"),
        "en": ("To check with John", "Contract ends", "See file 12"),
    },
    "ignore": dict.fromkeys(("nl", "fr", "de", "en"), ("X-1", "X-2", "X-3")),
    "organisation": dict.fromkeys(("nl", "fr", "de", "en"), ("FOD Justitie",) * 3),
}
YES_NO = {"nl": ("Ja", "Nee", "Ja"), "fr": ("Oui", "Non", "Oui"), "de": ("Ja", "Nein", "Ja")}
YES_NO["en"] = ("Yes", "No", "Yes")
# Headings whose cells hold something else than others that are meant for the same field.
OWN_VALUES = {
    "BuitenEu": ("Nee", "Nee", "Ja"),
    "dpia_required": ("FALSE", "FALSE", "FALSE"),
    "Data Protection Impact Assessment required?": ("No", "No", "No"),
    "Datenschutz-Folgenabschätzung erforderlich?": ("-", "-", "Nein"),
    "Role or Responsibility": ("Controller", "Controller", "Controller"),
    "En tant que": ("Responsable de traitement",) * 3,
    "Détails - Nombre de personnes concernées": ("1.200", "environ 5 000", "300"),
    "Doorgifte buiten EER": ("Nee", "Nee", "Ja"),
    "Sensitive data": ("Yes", "No", "No"),
    "Données sensibles": ("Oui", "Non", "Non"),
    "Sensible Daten": ("Ja", "Nein", "Nein"),
    "Des données sensibles sont-elles traitées ?": ("Oui", "Non", "Non"),
    "Données sensibles ?": ("Oui", "Non", "Non"),
    "Retention period for the processed data, in Days": ("3650", "30", "365"),
    "Special Category Personal Data": ("No", "No", "No"),
    "legal_basis": ("privacy_legal_obligation", "privacy_public_interest", "privacy_consent"),
    "retention": ("P10Y", "P30D", "P1Y"),
}
