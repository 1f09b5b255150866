def parse(text)
  # ruleid: ruby.xml.external-entities
  Nokogiri::XML(text) { |config| config.strict.noent }
  # ruleid: ruby.xml.external-entities
  Nokogiri::XML(text, nil, nil, Nokogiri::XML::ParseOptions::NOENT)
  Nokogiri::XML(text) do |config|
    # ruleid: ruby.xml.external-entities
    config.dtdload
  end
  # ruleid: ruby.xml.external-entities
  LibXML::XML.default_substitute_entities = true
  # ok: ruby.xml.external-entities
  Nokogiri::XML(text) { |config| config.strict.nonet }
  # ok: ruby.xml.external-entities
  Nokogiri::XML(text, nil, nil, Nokogiri::XML::ParseOptions::STRICT)
  # ok: ruby.xml.external-entities
  LibXML::XML.default_substitute_entities = false
  # ok: ruby.xml.external-entities
  REXML::Document.new(text)
end
